package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.microplatform.cli.LogTail.LogLine;
import io.microplatform.local.file.Directories;
import org.jspecify.annotations.Nullable;

/**
 * Prints the log lines of the current runs of a service's instances, ordered by time
 * where the lines contain it.
 */
@Command(name = "logs", header = "the log lines of all instances of a service", description = """
		Shows the log lines of all instances of a service, or of one instance, in the order of time. With several
		instances each line starts with its instance. Each start of an instance begins a new log.""")
final class Logs implements Action {

	private static final Duration INTERVAL = Duration.ofMillis(200);

	private static final String EXTENSION = ".log";

	private final Context context;

	@Parameters(paramLabel = "SERVICE", description = "a service, or one of its instances as in order-service-2")
	private String service;

	@Option(names = "-f", description = "follow: continue with new lines, of new instances too, until Ctrl-C")
	private boolean follow;

	private final Map<String, LogTail> tails = new TreeMap<>();

	Logs(Context context) {
		this.context = context;
	}

	/** With {@code follow} this ends when the thread is interrupted. */
	@Override
	public void run() throws IOException, CommandFailedException {
		requireKnown();
		try {
			look();
			if (this.tails.isEmpty() && !this.follow) {
				throw new CommandFailedException(
						"%s has logged nothing yet; ./platform up starts it".formatted(this.service));
			}
			show();
			// A reader that has gone, such as head, ends it.
			while (this.follow && !this.context.out().checkError() && pause()) {
				look();
				show();
			}
		}
		finally {
			for (LogTail tail : this.tails.values()) {
				tail.close();
			}
		}
	}

	private void requireKnown() throws IOException, CommandFailedException {
		TreeSet<String> known = new TreeSet<>(Plan.NAMES);
		known.addAll(ObservabilityProgram.titles());
		if (!known.contains(this.service) && !instances().contains(this.service)) {
			known.addAll(instances());
			throw CommandFailedException.notUnderstood("no service or instance is called \"%s\": there are %s"
				.formatted(this.service, String.join(", ", known)));
		}
	}

	private List<String> instances() throws IOException {
		Path logs = this.context.state().logs();
		return Directories.list(logs)
			.stream()
			.map((file) -> file.getFileName().toString())
			.filter((file) -> file.endsWith(EXTENSION))
			.map((file) -> file.substring(0, file.length() - EXTENSION.length()))
			.toList();
	}

	private void look() throws IOException {
		for (String instance : instances()) {
			if (instance.equals(this.service) || instance.matches(Pattern.quote(this.service) + "-\\d+")) {
				this.tails.computeIfAbsent(instance, (name) -> new LogTail(name,
						this.context.state().logs().resolve(name + EXTENSION), this.follow));
			}
		}
	}

	private void show() throws IOException {
		for (@Nullable
		LogTail next = first(); next != null; next = first()) {
			LogLine line = next.take();
			this.context.out().println((this.tails.size() > 1) ? line.instance() + " | " + line.text() : line.text());
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
