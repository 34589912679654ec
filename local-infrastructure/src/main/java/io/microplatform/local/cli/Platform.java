package io.microplatform.local.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
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
			for (Path file : context.damaged()) {
				this.err.println("note: " + file + Context.DAMAGED);
			}
			action.get().run();
			return 0;
		}
		catch (CommandFailedException ex) {
			report(String.valueOf(ex.getMessage()), ex.log());
			return ex.code();
		}
		catch (AccessDeniedException ex) {
			report(ex.getFile() + " cannot be read or written by this user: try as the user it belongs to", List.of());
			return FAILED;
		}
		catch (FileSystemException ex) {
			report(ex.getMessage() + ((ex.getReason() != null) ? "" : ": " + nameOf(ex)), List.of());
			return FAILED;
		}
		catch (IOException | IllegalStateException ex) {
			report((ex.getMessage() != null) ? ex.getMessage() : ex.toString(), List.of());
			return FAILED;
		}
	}

	/** Without a reason the message is the bare name of a file. */
	private static String nameOf(FileSystemException ex) {
		return switch (ex) {
			case NoSuchFileException _ -> "no such file or directory";
			case FileAlreadyExistsException _ -> "exists already";
			case DirectoryNotEmptyException _ -> "is not empty";
			case NotDirectoryException _ -> "is not a directory";
			default -> ex.getClass().getSimpleName();
		};
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
