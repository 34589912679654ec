package io.microplatform.cli;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ArgGroup;

import io.microplatform.local.process.RunRecord;
import io.microplatform.local.server.Secrets;

/**
 * The command {@code refresh}: has the config server roll out the configuration in the
 * repository, or an earlier version, and prints the report of each instance.
 */
@Command(name = "refresh", header = "brings edits in config-repo/ to every instance, whole or not at all",
		description = """
				Brings the contents of config-repo/ to every instance while it runs. An instance of each service checks them,
				they are published, one instance of each service takes them, then all others. An instance takes a version whole
				or not at all; when one refuses it, all go back. Prints the result of each instance, and exits with 1 unless every
				instance runs with the new version. Changes that need a restart are refused.""")
final class Refresh implements Action {

	/** The length of a printed version. */
	private static final int SHORT = 12;

	private static final String ROW = "%-20s %-26s %-16s %s\n";

	private final Context context;

	@ArgGroup
	private @Nullable Variant variant;

	Refresh(Context context) {
		this.context = context;
	}

	@Override
	public void run() throws IOException, CommandFailedException {
		ConfigServerClient server = new ConfigServerClient(configServers(),
				Secrets.in(this.context.state()).get("PLATFORM_CONFIG_PASSWORD"));
		if (this.variant != null && this.variant.list) {
			list(server.history());
			return;
		}
		show(report(server));
	}

	private JsonNode report(ConfigServerClient server) throws IOException, CommandFailedException {
		String user = this.context.user();
		String version = (this.variant != null) ? this.variant.version : null;
		if (version != null) {
			return server.refresh(chosen(version, server.history()), user, "refresh --to " + version);
		}
		if (this.context.git().isMade()) {
			return server.pull(user, "refresh");
		}
		ConfigSnapshot snapshot = ConfigSnapshot.of(this.context.configRepository());
		snapshot.leftOut().forEach(this::note);
		snapshot.store(this.context.state().config());
		return server.refresh(snapshot.version(), user, "refresh");
	}

	private List<String> configServers() throws IOException, CommandFailedException {
		return LivePlatform.requireOneOf(this.context, Plan.CONFIG).stream().map(RunRecord::url).toList();
	}

	/** The one version on record whose name begins so. */
	private static String chosen(String beginning, JsonNode history) throws CommandFailedException {
		List<String> fitting = new ArrayList<>();
		history.forEach((entry) -> {
			String version = entry.path("version").stringValue("");
			if (version.startsWith(beginning) && !fitting.contains(version)) {
				fitting.add(version);
			}
		});
		if (fitting.size() != 1) {
			throw CommandFailedException
				.notUnderstood("%s version begins with \"%s\": `./platform refresh --list` shows them"
					.formatted(fitting.isEmpty() ? "no" : "more than one", beginning));
		}
		return fitting.getFirst();
	}

	private void list(JsonNode history) {
		DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
			.withZone(ZoneOffset.UTC);
		this.context.out().printf(Locale.ROOT, "%-19s  %-12s  %-12s  %s\n", "WHEN (UTC)", "VERSION", "BY", "HOW");
		history.forEach((entry) -> this.context.out()
			.printf(Locale.ROOT, "%-19s  %-12s  %-12s  %s%s\n",
					format.format(Instant.parse(entry.path("at").stringValue(""))),
					brief(entry.path("version").stringValue("")), entry.path("by").stringValue(""),
					entry.path("how").stringValue(""), entry.path("stored").booleanValue(true) ? "" : " (deleted)"));
	}

	private void note(String note) {
		this.context.out().println("note: " + note);
	}

	private void show(JsonNode report) throws CommandFailedException {
		report.path("notes")
			.forEach((note) -> note(
					"%s %s".formatted(note.path("file").stringValue(""), note.path("text").stringValue(""))));
		JsonNode instances = report.path("instances");
		if (!instances.isEmpty()) {
			this.context.out().printf(ROW, "INSTANCE", "VERSION", "RESULT", "CHANGED");
			instances.forEach(this::showInstance);
		}
		String version = brief(report.path("version").stringValue(""));
		String previous = brief(report.path("previous").stringValue(""));
		switch (report.path("outcome").stringValue("")) {
			case "DONE" ->
				this.context.out().printf(Locale.ROOT, "every instance runs with configuration %s\n", version);
			case "REFUSED" -> throw failure("refused, and nothing was changed", report);
			case "ROLLED_BACK" ->
				throw failure("an instance refused it, and all instances return to %s".formatted(previous), report);
			default -> throw new CommandFailedException(
					"configuration %s is published, but some instances did not answer; they are updated when they do: see"
						.formatted(version) + " `./platform status`");
		}
	}

	private void showInstance(JsonNode instance) {
		List<String> changed = new ArrayList<>();
		instance.path("changed").forEach((property) -> changed.add(property.stringValue("")));
		String from = brief(instance.path("from").stringValue(""));
		String to = brief(instance.path("to").stringValue(""));
		this.context.out()
			.printf(ROW, instance.path("instance").stringValue(""), from.equals(to) ? to : from + "→" + to,
					instance.path("result").stringValue("").toLowerCase(Locale.ROOT), String.join(", ", changed));
	}

	private static CommandFailedException failure(String what, JsonNode report) {
		List<String> problems = new ArrayList<>();
		report.path("problems")
			.forEach((problem) -> problems.add("✗ %s %s".formatted(problem.path("property").stringValue(""),
					problem.path("message").stringValue(""))));
		return new CommandFailedException(what, problems);
	}

	private static String brief(String version) {
		return version.substring(0, Math.min(SHORT, version.length()));
	}

	/** What the command does instead of publishing the present files. */
	private static final class Variant {

		@Option(names = "--to", paramLabel = "VERSION",
				description = "brings an earlier version; the first characters of its name are enough")
		private @Nullable String version;

		@Option(names = "--list", description = "lists what was published, when and by which user")
		private boolean list;

	}

}
