package io.microplatform.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.microplatform.configfiles.Audience;
import io.microplatform.configfiles.ConfigFiles;
import io.microplatform.configfiles.FileNote;
import io.microplatform.configfiles.GitOrigin;
import io.microplatform.local.file.AtomicDirectory;
import io.microplatform.local.file.AtomicFile;
import io.microplatform.local.file.Directories;

/**
 * All configuration as it is at one moment, which never changes again; its version is the
 * SHA-256 over the names and contents of its files.
 */
final class ConfigSnapshot {

	private static final String CURRENT = "current";

	/** Of a version, wherever it comes from. */
	private static final Pattern NAME = Pattern.compile("[0-9a-zA-Z_-]+");

	/** Those that are served their configuration here, in local mode. */
	private static final List<Audience> AUDIENCE = Stream.of(Plan.GATEWAY, Plan.USER_SERVICE, Plan.ORDER_SERVICE)
		.map((service) -> new Audience(service, Set.of("local")))
		.toList();

	private final ConfigFiles content;

	private final SortedMap<String, byte[]> files;

	private ConfigSnapshot(ConfigFiles content) {
		this.content = content;
		this.files = content.contents();
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

	/** Files that are not read, or by no service of this platform. */
	List<String> unread() {
		return Stream.concat(leftOut().stream(), this.content.unread(AUDIENCE).stream().map(FileNote::toString))
			.toList();
	}

	String version() {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			this.files.forEach((name, content) -> {
				digest.update(
						String.format(Locale.ROOT, "%s\n%d\n", name, content.length).getBytes(StandardCharsets.UTF_8));
				digest.update(content);
			});
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Makes this the configuration that is served. Readers see the one before or this
	 * one, whole.
	 * @param by who does so, for the history, as the config server writes it
	 */
	void publish(Path snapshots, String by) throws IOException {
		store(snapshots);
		new AtomicFile(snapshots.resolve(CURRENT)).write(version() + "\n");
		new AtomicFile(snapshots.resolve("history"))
			.append(String.join("\t", Instant.now().toString(), version(), by, "up"));
	}

	/** Puts it where the config server finds it when it is asked for this version. */
	void store(Path snapshots) throws IOException {
		Files.createDirectories(snapshots);
		Path snapshot = snapshots.resolve(version());
		if (isStoredIn(snapshot)) {
			return;
		}
		Directories.delete(snapshot);
		Path fresh = Files.createTempDirectory(snapshots, "next-");
		try {
			for (Map.Entry<String, byte[]> file : this.files.entrySet()) {
				Files.write(fresh.resolve(file.getKey()), file.getValue());
			}
			new AtomicDirectory(snapshot).create(fresh);
		}
		finally {
			Directories.delete(fresh);
		}
	}

	/**
	 * Takes back what is published unless it is a version of that origin: instances that
	 * start wait for one of it then.
	 */
	static void keepOnly(GitOrigin origin, Path snapshots) throws IOException {
		if (!origin.isOf(published(snapshots))) {
			Files.deleteIfExists(snapshots.resolve(CURRENT));
		}
	}

	/** Whether the directory holds all of it; a power failure may have taken contents. */
	private boolean isStoredIn(Path snapshot) throws IOException {
		for (Map.Entry<String, byte[]> file : this.files.entrySet()) {
			Path stored = snapshot.resolve(file.getKey());
			if (!Files.isRegularFile(stored) || !Arrays.equals(Files.readAllBytes(stored), file.getValue())) {
				return false;
			}
		}
		return true;
	}

	/**
	 * The version that is served, or nothing when none was published: a file that names
	 * no stored version publishes none.
	 */
	static String published(Path snapshots) throws IOException {
		return new AtomicFile(snapshots.resolve(CURRENT)).read()
			.map(String::strip)
			.filter((version) -> NAME.matcher(version).matches() && Files.isDirectory(snapshots.resolve(version)))
			.orElse("");
	}

}
