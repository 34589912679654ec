package io.microplatform.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import io.microplatform.configfiles.Audience;
import io.microplatform.configfiles.ConfigFiles;
import io.microplatform.configfiles.FileNote;
import io.microplatform.configfiles.GitOrigin;
import io.microplatform.configfiles.Publication;
import io.microplatform.configfiles.SnapshotStore;

/**
 * The files of the configuration repository at one moment, as a version that can be
 * published.
 */
final class ConfigSnapshot {

	private final ConfigFiles content;

	private ConfigSnapshot(ConfigFiles content) {
		this.content = content;
	}

	/**
	 * Takes what lies in the repository now.
	 * @throws CommandFailedException when there is no application.yml, or a file cannot
	 * be served
	 */
	static ConfigSnapshot of(Path repository) throws CommandFailedException {
		ConfigFiles files = read(repository);
		List<String> problems = files.problems().stream().map(FileNote::toString).toList();
		if (problems.size() == 1) {
			throw new CommandFailedException(repository.resolve(problems.getFirst()).toString());
		}
		if (!problems.isEmpty()) {
			throw new CommandFailedException(
					String.format(Locale.ROOT, "%s has %d files that cannot be served", repository, problems.size()),
					problems.stream().map((problem) -> "✗ " + problem).toList());
		}
		if (!files.hasShared()) {
			throw new CommandFailedException(
					"%s has no application.yml: bring the configuration back, or name its".formatted(repository)
							+ " directory in PLATFORM_CONFIG_REPO");
		}
		return new ConfigSnapshot(files);
	}

	private static ConfigFiles read(Path repository) throws CommandFailedException {
		try {
			return ConfigFiles.in(repository);
		}
		catch (IOException ex) {
			throw new CommandFailedException("%s cannot be read: %s".formatted(repository, ex));
		}
	}

	/** Files that look like configuration and are not read by the config server. */
	List<String> leftOut() {
		return this.content.leftOut().stream().map(FileNote::toString).toList();
	}

	/**
	 * Files that are not read, or by no service of this platform.
	 * @param business the names of the services that are served their configuration,
	 * besides the gateway
	 */
	List<String> unread(List<String> business) {
		List<Audience> audience = Stream.concat(Stream.of(Plan.GATEWAY), business.stream())
			.map((service) -> new Audience(service, Set.of(ServiceEnvironment.LOCAL)))
			.toList();
		return Stream.concat(leftOut().stream(), this.content.unread(audience).stream().map(FileNote::toString))
			.toList();
	}

	String version() {
		return this.content.version();
	}

	/**
	 * Makes this the published configuration.
	 * @param by who publishes it, for the history
	 */
	void publish(Path snapshots, String by) throws IOException {
		store(snapshots);
		unchecked(() -> {
			SnapshotStore store = new SnapshotStore(snapshots);
			// A rollout that did not end is over now, and not rolled back any more.
			store.delete(SnapshotStore.UNFINISHED);
			store.publish(new Publication(Instant.now(), version(), by, "up"));
		});
	}

	/** Stores this where the config server finds it when it rolls out this version. */
	void store(Path snapshots) throws IOException {
		unchecked(() -> new SnapshotStore(snapshots).store(version(), this.content.contents()));
	}

	/**
	 * Withdraws the published version unless it has that origin: instances that start
	 * then wait for a version that has.
	 */
	static void keepOnly(GitOrigin origin, Path snapshots) throws IOException {
		if (!origin.isOf(published(snapshots))) {
			unchecked(() -> {
				SnapshotStore store = new SnapshotStore(snapshots);
				store.delete(SnapshotStore.UNFINISHED);
				store.withdraw();
			});
		}
	}

	/** The published version; empty when there is none. */
	static String published(Path snapshots) throws IOException {
		try {
			return new SnapshotStore(snapshots).published().orElse("");
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
	}

	private static void unchecked(Runnable operation) throws IOException {
		try {
			operation.run();
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
	}

}
