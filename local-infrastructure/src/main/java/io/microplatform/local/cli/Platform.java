package io.microplatform.local.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.microplatform.local.server.StateDirectory;

/**
 * The commands behind {@code ./platform} that start, show and stop the platform. Ends
 * with 0 when what it said is true, with 1 when it failed and with 2 when it was not
 * understood.
 */
public final class Platform {

	private static final int FAILED = 1;

	private static final int NOT_UNDERSTOOD = 2;

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
		Context context = new Context(this.root, stateDirectory(), this.environment, this.out, started);
		Optional<CommandLine.Action> action = CommandLine.of(arguments).in(context);
		if (action.isEmpty()) {
			this.err.println(CommandLine.USAGE);
			return NOT_UNDERSTOOD;
		}
		try {
			action.get().run();
			return 0;
		}
		catch (CommandFailedException ex) {
			report(String.valueOf(ex.getMessage()), ex.log());
			return ex.code();
		}
		catch (IOException | IllegalStateException ex) {
			report((ex.getMessage() != null) ? ex.getMessage() : ex.toString(), List.of());
			return FAILED;
		}
	}

	private void report(String message, List<String> log) {
		this.err.println("platform: " + message);
		log.forEach((line) -> this.err.println("  " + line));
	}

	private StateDirectory stateDirectory() {
		String elsewhere = this.environment.getOrDefault("PLATFORM_STATE_DIR", "");
		Path directory = elsewhere.isBlank() ? this.root.resolve(".platform") : Path.of(elsewhere);
		return new StateDirectory(directory.toAbsolutePath().normalize());
	}

}
