package io.microplatform.local.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.microplatform.local.file.AtomicDirectory;
import io.microplatform.local.file.AtomicFile;
import io.microplatform.local.file.Directories;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * All configuration as it is at one moment, which never changes again; its version is the
 * SHA-256 over the names and contents of its files.
 */
final class ConfigSnapshot {

	private static final String CURRENT = "current";

	/** Of a version, wherever it comes from. */
	private static final Pattern NAME = Pattern.compile("[0-9a-zA-Z_-]+");

	private final SortedMap<String, byte[]> files;

	private ConfigSnapshot(SortedMap<String, byte[]> files) {
		this.files = files;
	}

	/**
	 * Takes what lies in the repository now.
	 * @throws CommandFailedException when there is no application.yml, or a file is not
	 * YAML with a mapping at its top
	 */
	static ConfigSnapshot of(Path repository) throws IOException, CommandFailedException {
		SortedMap<String, byte[]> files = new TreeMap<>();
		if (Files.isDirectory(repository)) {
			try (Stream<Path> entries = Files.list(repository)) {
				for (Path file : entries.filter((entry) -> entry.toString().endsWith(".yml")).toList()) {
					files.put(file.getFileName().toString(), Files.readAllBytes(file));
				}
			}
		}
		if (!files.containsKey("application.yml")) {
			throw new CommandFailedException(
					"%s has no application.yml: bring the configuration back, or name its".formatted(repository)
							+ " directory in PLATFORM_CONFIG_REPO");
		}
		for (Map.Entry<String, byte[]> file : files.entrySet()) {
			validate(repository.resolve(file.getKey()), file.getValue());
		}
		return new ConfigSnapshot(files);
	}

	private static void validate(Path file, byte[] content) throws CommandFailedException {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		try {
			for (Object document : new Yaml(new SafeConstructor(options))
				.loadAll(new String(content, StandardCharsets.UTF_8))) {
				if (document != null && !(document instanceof Map)) {
					throw new CommandFailedException(file + " is not configuration: its top is no mapping");
				}
			}
		}
		catch (YAMLException ex) {
			throw new CommandFailedException("%s is not valid YAML: %s".formatted(file,
					String.valueOf(ex.getMessage()).replaceAll("\\s+", " ").strip()));
		}
	}

	String version() {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			this.files.forEach((name, content) -> {
				digest.update("%s\n%d\n".formatted(name, content.length).getBytes(StandardCharsets.UTF_8));
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
		Path fresh = snapshots.resolve(version() + ".tmp");
		Directories.delete(fresh);
		Files.createDirectory(fresh);
		for (Map.Entry<String, byte[]> file : this.files.entrySet()) {
			Files.write(fresh.resolve(file.getKey()), file.getValue());
		}
		new AtomicDirectory(snapshot).create(fresh);
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
