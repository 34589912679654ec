package io.microplatform.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
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
import java.util.Objects;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

import io.microplatform.local.server.StateDirectory;

/**
 * The command line behind {@code ./platform}. A command exits with 0 when what it says is
 * true, with 1 when it failed, and with 2 when its arguments are invalid. Errors are one
 * or two lines on standard error.
 */
@Command(name = "./platform", description = "Starts, shows, changes and examines the platform of this checkout.%n",
		footer = """

				./platform COMMAND --help says more. State, logs and secrets are in .platform/.""")
public final class Platform {

	private static final int WIDTH = 120;

	private static final int FAILED = 1;

	private static final int INVALID = 2;

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
		System.exit(run(arguments));
	}

	/**
	 * Executes a command on the checkout in the system property {@code platform.root}.
	 * @param arguments the command and its arguments
	 * @return the exit code
	 */
	public static int run(String... arguments) {
		Path root = Path.of(System.getProperty("platform.root", ".")).toAbsolutePath().normalize();
		// The script becomes this process, so the process began when the user pressed
		// return.
		Instant started = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
		// Ticks are not ASCII, and must not depend on the terminal's locale.
		PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
		PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
		return new Platform(root, System.getenv(), out, err).run(List.of(arguments), started);
	}

	int run(List<String> arguments, Instant started) {
		CommandLine commandLine = commandLine(started);
		if (arguments.isEmpty()) {
			commandLine.usage(this.err);
			return INVALID;
		}
		// Otherwise --help would hide the error.
		if (!arguments.getFirst().startsWith("-") && !commandLine.getSubcommands().containsKey(arguments.getFirst())) {
			return refuse(new ParameterException(commandLine, "unknown command '%s'".formatted(arguments.getFirst())));
		}
		return commandLine.execute(arguments.toArray(String[]::new));
	}

	/** The definition of every command, with its options and its help. */
	CommandLine commandLine(Instant started) {
		Context context = new Context(this.root, stateDirectory(), this.environment, this.out, this.err, started);
		CommandLine commandLine = new CommandLine(this);
		for (Object command : List.of(new Up(context), new Demo(context), new Status(context), new Logs(context),
				new Scale(context), new Restart(context), new Refresh(context), new Token(context), new Dlq(context),
				new Doctor(context), new Audit(context), new Chaos(context), new Drill(context), new Bench(context),
				new Backup(context), new Restore(context), new Test(), new Images(context), new Down(context),
				new Completion(context), new AotTraining(context))) {
			commandLine.addSubcommand(command);
		}
		// A password may begin with a hyphen.
		Objects.requireNonNull(commandLine.getSubcommands().get("token")).setUnmatchedOptionsArePositionalParams(true);
		configure(commandLine);
		return commandLine.setOut(writer(this.out))
			.setErr(writer(this.err))
			.setExecutionStrategy((parsed) -> execute(context, parsed))
			.setParameterExceptionHandler((ex, _) -> refuse(ex))
			.setExecutionExceptionHandler((ex, _, _) -> report(ex));
	}

	private static void configure(CommandLine commandLine) {
		CommandSpec spec = commandLine.setSeparator(" ").getCommandSpec();
		// The header is for the list of commands only.
		commandLine.setHelpSectionKeys(commandLine.getHelpSectionKeys()
			.stream()
			.filter((key) -> !key.equals(UsageMessageSpec.SECTION_KEY_HEADER))
			.toList());
		spec.addOption(OptionSpec.builder("-h", "--help").usageHelp(true).hidden(true).build());
		spec.usageMessage().width(WIDTH).synopsisHeading("usage: ").sortOptions(false).sortSynopsis(false);
		spec.usageMessage()
			.descriptionHeading("%n")
			.parameterListHeading("%n")
			.commandListHeading("%n")
			.optionListHeading("%n")
			.headerHeading("");
		commandLine.getSubcommands().values().forEach(Platform::configure);
	}

	private static PrintWriter writer(PrintStream stream) {
		return new PrintWriter(stream, true, StandardCharsets.UTF_8);
	}

	private int execute(Context context, ParseResult parsed) throws ExecutionException {
		if (!parsed.hasSubcommand() || !parsed.subcommand().isUsageHelpRequested()) {
			try {
				for (Path file : context.damaged()) {
					this.err.println("note: " + file + Context.DAMAGED);
				}
			}
			catch (IOException ex) {
				return report(ex);
			}
		}
		return new RunLast().execute(parsed);
	}

	private int refuse(ParameterException ex) {
		CommandLine.Help help = ex.getCommandLine().getHelp();
		this.err.println("platform: " + ((ex instanceof UnmatchedArgumentException unmatched)
				? "unknown argument '%s'".formatted(unmatched.getUnmatched().getFirst())
				: String.valueOf(ex.getMessage()).lines().findFirst().orElse("")));
		this.err.print(help.synopsisHeading() + help.synopsis(0));
		return INVALID;
	}

	private int report(Exception ex) {
		int code = FAILED;
		switch (ex) {
			case CommandFailedException failure -> {
				report(String.valueOf(failure.getMessage()));
				failure.log().forEach((line) -> this.err.println("  " + line));
				code = failure.code();
			}
			case AccessDeniedException denied ->
				report(denied.getFile() + " cannot be read or written by this user: try as the user it belongs to");
			case FileSystemException failure ->
				report(failure.getMessage() + ((failure.getReason() != null) ? "" : ": " + nameOf(failure)));
			case IOException _, IllegalStateException _ ->
				report((ex.getMessage() != null) ? ex.getMessage() : ex.toString());
			default -> throw new IllegalStateException(ex);
		}
		return code;
	}

	private void report(String message) {
		this.err.println("platform: " + message);
	}

	/** Without a reason the message is only the name of the file. */
	private static String nameOf(FileSystemException ex) {
		return switch (ex) {
			case NoSuchFileException _ -> "no such file or directory";
			case FileAlreadyExistsException _ -> "exists already";
			case DirectoryNotEmptyException _ -> "is not empty";
			case NotDirectoryException _ -> "is not a directory";
			default -> ex.getClass().getSimpleName();
		};
	}

	private StateDirectory stateDirectory() {
		String elsewhere = this.environment.getOrDefault("PLATFORM_STATE_DIR", "");
		Path directory = elsewhere.isBlank() ? this.root.resolve(".platform") : Path.of(elsewhere);
		return new StateDirectory(directory.toAbsolutePath().normalize());
	}

}
