package io.microplatform.acceptance;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import io.microplatform.acceptance.drill.Conditions;
import io.microplatform.acceptance.drill.DrillReport;
import io.microplatform.acceptance.drill.DrillRun;
import io.microplatform.acceptance.drill.Exercise;
import io.microplatform.acceptance.platform.PlatformFailedException;
import io.microplatform.acceptance.platform.Progress;

/**
 * Does one kind of change or fault to a platform of its own while users call it, and
 * counts the requests that fail; what {@code ./platform drill} runs. Ends with 0 when
 * none did and everything else was as it should be, or when it was {@code --stock}, where
 * they may; with 1 when not, and with 2 when it was not understood.
 */
public final class Drill {

	private static final int MOST_ROUNDS = 30;

	private static final int CALLS_PER_SECOND = 100;

	private static final int MOST_CALLS_PER_SECOND = 999;

	private static final String USAGE = String.format(Locale.ROOT, """
			usage: ./platform drill %s [--ha] [--stock] [--rounds N] [--rate N], \
			with 1 to %d rounds and a rate of 1 to %d calls a second""",
			Exercise.names().collect(Collectors.joining(" | ")), MOST_ROUNDS, MOST_CALLS_PER_SECOND);

	private Drill() {
	}

	/**
	 * Runs.
	 * @param args what is done, and the options
	 */
	public static void main(String[] args) {
		System.exit(run(new ArrayList<>(List.of(args)), Terminal.out(), Terminal.err()));
	}

	static int run(List<String> arguments, PrintStream out, PrintStream err) {
		Optional<Exercise> exercise = arguments.isEmpty() ? Optional.empty() : Exercise.named(arguments.removeFirst());
		boolean pairs = arguments.remove("--ha");
		boolean stock = arguments.remove("--stock");
		Optional<Integer> rounds = number("--rounds", MOST_ROUNDS, exercise.map(Exercise::rounds), arguments);
		Optional<Integer> rate = number("--rate", MOST_CALLS_PER_SECOND, Optional.of(CALLS_PER_SECOND), arguments);
		if (exercise.isEmpty() || rounds.isEmpty() || rate.isEmpty() || !arguments.isEmpty()) {
			err.println(USAGE);
			return 2;
		}
		Path root = Path.of(System.getProperty("platform.root", ".")).toAbsolutePath().normalize();
		try {
			DrillReport report = new DrillRun(exercise.get(), rounds.get(), new Conditions(rate.get(), pairs, stock),
					new Progress(err))
				.run(root, root.resolve("target").resolve("drill"));
			out.print(report);
			return (report.isGood() || stock) ? 0 : 1;
		}
		catch (PlatformFailedException ex) {
			err.println("platform: " + ex.getMessage());
			return 1;
		}
	}

	/** Takes an option and its number, from 1 on, out of the arguments. */
	private static Optional<Integer> number(String option, int most, Optional<Integer> otherwise,
			List<String> arguments) {
		int at = arguments.indexOf(option);
		if (at < 0) {
			return otherwise;
		}
		arguments.remove(at);
		String number = (at < arguments.size()) ? arguments.remove(at) : "";
		return Optional.of(number)
			.filter((text) -> text.matches("[1-9]\\d{0,2}"))
			.map(Integer::valueOf)
			.filter((value) -> value <= most);
	}

}
