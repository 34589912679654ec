package io.microplatform.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import io.microplatform.local.file.AtomicFile;
import io.microplatform.local.file.Directories;
import io.microplatform.local.file.OwnerOnly;

/**
 * The table of contents of a backup, by which a damaged or incomplete one is detected.
 * Stored as JSON with these member names.
 *
 * @param format the version of the format
 * @param at when the backup began
 * @param platform the version of the platform that made it
 * @param files the files beside this one
 */
record BackupManifest(int format, Instant at, String platform, List<SavedFile> files) {

	static final String FILE = "manifest.json";

	static final String DATABASES = "postgresql.tar.gz";

	static final String LETTERS = "dead-letters.jsonl.gz";

	static final String SECRETS = "secrets.env";

	/** The published versions of the configuration. */
	static final String CONFIGURATION = "config.tar.gz";

	private static final int FORMAT = 1;

	private static final Set<String> REQUIRED = Set.of(DATABASES, LETTERS, SECRETS, CONFIGURATION);

	private static final String PLAIN_NAME = "[a-z0-9][a-z0-9.-]*";

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	/** Describes the files of a backup that is complete but for the manifest. */
	static BackupManifest of(Path directory, Instant at, String platform) throws IOException {
		List<SavedFile> files = new ArrayList<>();
		for (Path file : Directories.list(directory).stream().sorted().toList()) {
			files.add(SavedFile.of(file));
		}
		return new BackupManifest(FORMAT, at, platform, List.copyOf(files));
	}

	/**
	 * Reads the manifest of a backup.
	 * @throws CommandFailedException if the directory is not a backup, or has a format
	 * that this version does not know
	 */
	static BackupManifest read(Path directory) throws IOException, CommandFailedException {
		String content = new AtomicFile(directory.resolve(FILE)).read()
			.orElseThrow(
					() -> new CommandFailedException("%s is not a backup: it has no %s".formatted(directory, FILE)));
		BackupManifest manifest = parse(content)
			.orElseThrow(() -> new CommandFailedException("%s is damaged".formatted(directory.resolve(FILE))));
		if (manifest.format != FORMAT) {
			throw new CommandFailedException(String.format(Locale.ROOT,
					"%s has the format %d, and this version of the platform reads %d: restore it with the version %s",
					directory, manifest.format, FORMAT, manifest.platform));
		}
		return manifest;
	}

	@SuppressWarnings("NullAway") // Jackson sets missing members to null.
	private static Optional<BackupManifest> parse(String content) {
		try {
			@Nullable BackupManifest manifest = JSON.readValue(content, BackupManifest.class);
			return Optional.ofNullable(manifest)
				.filter((read) -> Stream.of(read.at, read.platform, read.files).noneMatch(Objects::isNull))
				.filter((read) -> read.files.stream().allMatch((file) -> file != null && file.isComplete()));
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

	void write(Path directory) throws IOException {
		try (OutputStream file = OwnerOnly.createFile(directory.resolve(FILE))) {
			file.write((JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n")
				.getBytes(StandardCharsets.UTF_8));
		}
	}

	/**
	 * Returns when every file is there, with the content that was saved.
	 * @throws CommandFailedException naming those that are not
	 */
	void verify(Path directory) throws IOException, CommandFailedException {
		Set<String> names = this.files.stream().map(SavedFile::name).collect(Collectors.toSet());
		if (!names.containsAll(REQUIRED)) {
			throw new CommandFailedException("%s is damaged: it does not name all of %s"
				.formatted(directory.resolve(FILE), REQUIRED.stream().sorted().collect(Collectors.joining(", "))));
		}
		List<String> damaged = new ArrayList<>();
		for (SavedFile file : this.files) {
			Path path = directory.resolve(file.name());
			if (Files.notExists(path)) {
				damaged.add(file.name() + " is missing");
			}
			else if (!SavedFile.of(path).equals(file)) {
				damaged.add(file.name() + " has changed since");
			}
		}
		if (!damaged.isEmpty()) {
			throw new CommandFailedException(
					"the backup in %s is damaged: %s".formatted(directory, String.join(", ", damaged)));
		}
	}

	/** Whether the backup has such a file. */
	boolean has(String name) {
		return this.files.stream().anyMatch((file) -> file.name().equals(name));
	}

	/** The size of the backup in bytes. */
	long size() {
		return this.files.stream().mapToLong(SavedFile::size).sum();
	}

	/**
	 * A file of a backup.
	 *
	 * @param name its name
	 * @param size its size in bytes
	 * @param sha256 its SHA-256 in hexadecimal digits
	 */
	record SavedFile(String name, long size, String sha256) {

		static SavedFile of(Path file) throws IOException {
			MessageDigest digest = newDigest();
			try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
				long size = content.transferTo(OutputStream.nullOutputStream());
				return new SavedFile(String.valueOf(file.getFileName()), size,
						HexFormat.of().formatHex(digest.digest()));
			}
		}

		private static MessageDigest newDigest() {
			try {
				return MessageDigest.getInstance("SHA-256");
			}
			catch (NoSuchAlgorithmException ex) {
				throw new IllegalStateException("every JDK has SHA-256", ex);
			}
		}

		/** Whether it names a file beside the manifest, with its checksum. */
		@SuppressWarnings("NullAway") // Jackson sets missing members to null.
		boolean isComplete() {
			return this.name != null && this.name.matches(PLAIN_NAME) && this.sha256 != null;
		}

	}

}
