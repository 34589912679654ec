package io.microplatform.local.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.microplatform.local.server.StateDirectory;

/**
 * The commands behind {@code ./platform} that start, show and stop the platform. Ends
 * with 0 when what it said is true, with 1 when it failed and with 2 when it was not
 * understood.
 */
public final class Platform {

	private static final int FAILED = 1;

	private static final int NOT_UNDERSTOOD = 2;

	private static final String USAGE = "usage: ./platform up | status [--json] | down [--purge]";

	private final Path root;

	private final Map<String, String> environment;

	private final PrintStream out;

	private final PrintStream err;

	Platform(Path root, Map<String, String> environment, PrintStream out, PrintStream err) {
		this.root = root;
		this.environment = environment;
		this.out = out;
		this.err = err;
	}

	public static void main(String[] arguments) {
		Path root = Path.of(System.getProperty("platform.root", ".")).toAbsolutePath().normalize();
		// The shell script becomes this process, so the process began when the user
		// pressed return.
		Instant started = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
		PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
		PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
		System.exit(new Platform(root, System.getenv(), out, err).run(List.of(arguments), started));
	}

	int run(List<String> arguments, Instant started) {
		String command = arguments.isEmpty() ? "" : arguments.getFirst();
		Set<String> options = Set.copyOf(arguments.subList(Math.min(1, arguments.size()), arguments.size()));
		Context context = new Context(this.root, stateDirectory(), this.environment, this.out, started);
		try {
			if (command.equals("up") && options.isEmpty()) {
				new Up(context).run();
			}
			else if (command.equals("status") && Set.of("--json").containsAll(options)) {
				new Status(context, !options.isEmpty()).run();
			}
			else if (command.equals("down") && Set.of("--purge").containsAll(options)) {
				new Down(context, !options.isEmpty()).run();
			}
			else {
				this.err.println(USAGE);
				return NOT_UNDERSTOOD;
			}
			return 0;
		}
		catch (CommandFailedException ex) {
			return failed(String.valueOf(ex.getMessage()), ex.log());
		}
		catch (IOException | IllegalStateException ex) {
			return failed((ex.getMessage() != null) ? ex.getMessage() : ex.toString(), List.of());
		}
	}

	private int failed(String message, List<String> log) {
		this.err.println("platform: " + message);
		log.forEach((line) -> this.err.println("  " + line));
		return FAILED;
	}

	private StateDirectory stateDirectory() {
		String elsewhere = this.environment.getOrDefault("PLATFORM_STATE_DIR", "");
		Path directory = elsewhere.isBlank() ? this.root.resolve(".platform") : Path.of(elsewhere);
		return new StateDirectory(directory.toAbsolutePath().normalize());
	}

}
