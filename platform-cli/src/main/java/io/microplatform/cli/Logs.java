package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.microplatform.cli.LogTail.LogLine;
import io.microplatform.local.file.Directories;
import io.microplatform.local.process.LogFile;

/**
 * Prints the log lines of instances, including those of rolled files and earlier runs,
 * ordered by time if the lines contain it.
 */
@Command(name = "logs", header = "the log lines of one service or of all, ordered by time", description = """
		Shows the log lines of all instances of a service, of one instance, or, with -f or a filter, of all services,
		ordered by time, including the output of the instances in their current run. Times are UTC. Lines of the
		infrastructure are plain text without level, trace and order, and are shown only without these filters.""")
final class Logs implements Action {

	private static final Duration INTERVAL = Duration.ofMillis(200);

	private final Context context;

	@Option(names = "-f", description = "follow: continue with new lines, of new instances too, until Ctrl-C")
	private boolean follow;

	@Option(names = "--trace", paramLabel = "ID", description = "lines of this trace, such as the traceId of a problem")
	private @Nullable String trace;

	@Option(names = "--order", paramLabel = "ID", description = "lines about this order")
	private @Nullable String order;

	@Option(names = "--since", paramLabel = "TIME",
			description = "lines of this period, such as the last 30s, 10m, 2h or 1d")
	private @Nullable String since;

	@Option(names = "--level", paramLabel = "LEVEL",
			description = "lines of at least this level: trace, debug, info, warn or error")
	private @Nullable String level;

	@Option(names = "--json", description = "structured lines unchanged; plain-text lines are omitted")
	private boolean json;

	@Parameters(paramLabel = "SERVICE", arity = "0..1",
			description = "a service, or one of its instances, such as order-service-2")
	private @Nullable String service;

	@Spec
	private CommandSpec spec;

	private final Map<Path, LogTail> tails = new TreeMap<>();

	Logs(Context context) {
		this.context = context;
	}

	/** With {@code follow} this ends when the thread is interrupted. */
	@Override
	public void run() throws IOException, CommandFailedException {
		LogFilter filter = LogFilter.of(this.trace, this.order, this.since, this.level, this.context.started());
		requireService();
		try {
			look(filter);
			if (this.tails.isEmpty() && !this.follow) {
				throw new CommandFailedException("%s has logged nothing yet; ./platform up starts it"
					.formatted((this.service != null) ? this.service : "the platform"));
			}
			LogView view = new LogView(isColoured());
			show(filter, view);
			// A reader that has gone, such as head, ends it.
			while (this.follow && !this.context.out().checkError() && pause()) {
				look(filter);
				show(filter, view);
			}
		}
		finally {
			for (LogTail tail : this.tails.values()) {
				tail.close();
			}
		}
	}

	@SuppressWarnings("SystemConsoleNull") // Since JDK 25 it is null again if the output
											// is not a terminal.
	private boolean isColoured() {
		return System.console() != null && this.context.environment().getOrDefault("NO_COLOR", "").isEmpty();
	}

	private boolean isFiltered() {
		return Stream.of(this.trace, this.order, this.since, this.level).anyMatch(Objects::nonNull);
	}

	private void requireService() throws IOException, CommandFailedException {
		String wanted = this.service;
		if (wanted == null) {
			if (!this.follow && !isFiltered()) {
				throw new ParameterException(this.spec.commandLine(),
						"missing SERVICE: specify one, or use -f or a filter for the lines of all services");
			}
			return;
		}
		TreeSet<String> known = new TreeSet<>(this.context.names());
		known.addAll(ObservabilityProgram.titles());
		Set<String> instances = Set.copyOf(files().values());
		if (!known.contains(wanted) && !instances.contains(wanted)) {
			known.addAll(instances);
			throw CommandFailedException.notUnderstood("no service or instance is called \"%s\": there are %s"
				.formatted(wanted, String.join(", ", known)));
		}
	}

	/** The log files and output files, each with the name of its instance. */
	private Map<Path, String> files() throws IOException {
		Map<Path, String> files = new TreeMap<>();
		for (Path file : Directories.list(this.context.state().logs())) {
			String name = String.valueOf(file.getFileName());
			for (String extension : List.of(LogFile.LOG, LogFile.OUTPUT)) {
				if (name.endsWith(extension)) {
					files.put(file, name.substring(0, name.length() - extension.length()));
				}
			}
		}
		return files;
	}

	/** The instances that write structured lines, and roll their files. */
	private Predicate<String> rolling() throws IOException {
		String names = Stream
			.concat(this.context.services().stream(), Stream.of(ObservabilityProgram.ADMIN_SERVER.title()))
			.collect(Collectors.joining("|", "(", ")(-\\d+)?"));
		return Pattern.compile(names).asMatchPredicate();
	}

	private void look(LogFilter filter) throws IOException {
		String wanted = this.service;
		Predicate<String> rolling = rolling();
		Predicate<String> chosen = (wanted != null)
				? Pattern.compile(Pattern.quote(wanted) + "(-\\d+)?").asMatchPredicate() : (instance) -> true;
		files().forEach((file, instance) -> {
			if (chosen.test(instance)) {
				// Output is not rolled: a file with another name is of the previous run.
				boolean rolls = rolling.test(instance) && file.toString().endsWith(LogFile.LOG);
				this.tails.computeIfAbsent(file,
						(path) -> new LogTail(instance, path, rolls, this.follow, filter.since()));
			}
		});
	}

	private void show(LogFilter filter, LogView view) throws IOException {
		for (@Nullable
		LogTail next = first(); next != null; next = first()) {
			LogLine line = next.take();
			if (filter.accepts(line) && (!this.json || LogEvent.of(line).isPresent())) {
				this.context.out().println(this.json ? line.text() : view.show(line));
			}
		}
	}

	/** The one with the oldest line. */
	private @Nullable LogTail first() throws IOException {
		@Nullable LogTail first = null;
		for (LogTail tail : this.tails.values()) {
			if (tail.hasNext() && (first == null || tail.nextTime().isBefore(first.nextTime()))) {
				first = tail;
			}
		}
		return first;
	}

	private static boolean pause() {
		try {
			Thread.sleep(INTERVAL);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
