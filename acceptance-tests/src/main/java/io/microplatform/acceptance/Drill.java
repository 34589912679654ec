package io.microplatform.acceptance;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

	private static final String USAGE = "usage: ./platform drill %s [--ha] [--stock] [--rounds N], N from 1 to 99"
		.formatted(Exercise.names().collect(Collectors.joining(" | ")));

	private static final int CALLS_PER_SECOND = 100;

	private Drill() {
	}

	/**
	 * Runs.
	 * @param args what is done, and the options
	 */
	public static void main(String[] args) {
		System.exit(run(new ArrayList<>(List.of(args)), Terminal.out(), Terminal.err()));
	}

	private static int run(List<String> arguments, PrintStream out, PrintStream err) {
		Optional<Exercise> exercise = arguments.isEmpty() ? Optional.empty() : Exercise.named(arguments.removeFirst());
		boolean pairs = arguments.remove("--ha");
		boolean stock = arguments.remove("--stock");
		Optional<Integer> rounds = rounds(arguments, exercise);
		if (exercise.isEmpty() || rounds.isEmpty()) {
			err.println(USAGE);
			return 2;
		}
		Path root = Path.of(System.getProperty("platform.root", ".")).toAbsolutePath().normalize();
		try {
			DrillReport report = new DrillRun(exercise.get(), rounds.get(),
					new Conditions(CALLS_PER_SECOND, pairs, stock), new Progress(err))
				.run(root, root.resolve("target").resolve("drill"));
			out.print(report);
			return (report.isGood() || stock) ? 0 : 1;
		}
		catch (PlatformFailedException ex) {
			err.println("platform: " + ex.getMessage());
			return 1;
		}
	}

	private static Optional<Integer> rounds(List<String> options, Optional<Exercise> exercise) {
		if (options.isEmpty()) {
			return exercise.map(Exercise::rounds);
		}
		boolean understood = options.size() == 2 && options.getFirst().equals("--rounds")
				&& options.getLast().matches("[1-9]\\d?");
		return understood ? Optional.of(Integer.valueOf(options.getLast())) : Optional.empty();
	}

}
