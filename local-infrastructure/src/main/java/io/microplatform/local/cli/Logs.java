package io.microplatform.local.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.microplatform.local.cli.LogTail.LogLine;
import io.microplatform.local.file.Directories;
import org.jspecify.annotations.Nullable;

/**
 * Shows what the instances of a service logged in their present runs, in the order of
 * time where the lines tell it.
 */
final class Logs {

	private static final Duration INTERVAL = Duration.ofMillis(200);

	private static final String EXTENSION = ".log";

	private final Context context;

	private final String service;

	private final boolean follow;

	private final Map<String, LogTail> tails = new TreeMap<>();

	/**
	 * Shows the logs of a service.
	 * @param service the name of a service or of one of its instances
	 * @param follow whether to go on with what comes
	 */
	Logs(Context context, String service, boolean follow) {
		this.context = context;
		this.service = service;
		this.follow = follow;
	}

	/** With {@code follow} this ends when the thread is interrupted. */
	void run() throws IOException, CommandFailedException {
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
