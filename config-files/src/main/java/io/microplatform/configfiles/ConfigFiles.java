package io.microplatform.configfiles;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files of one version of the configuration. Configuration is every file directly in
 * the directory whose name ends in {@code .yml}; it is checked at least as strictly as
 * the config server reads it. What editors and operating systems leave there is ignored.
 */
public final class ConfigFiles {

	/** The file that every service reads and every version has. */
	public static final String SHARED = "application.yml";

	private final SortedMap<String, byte[]> contents = new TreeMap<>();

	private final SortedSet<String> leftOut = new TreeSet<>();

	private final List<FileNote> problems = new ArrayList<>();

	private ConfigFiles() {
	}

	/**
	 * Reads a directory.
	 * @param directory where the files are; it may be missing
	 * @return its files, good or not
	 * @throws IOException when the directory cannot be listed
	 */
	public static ConfigFiles in(Path directory) throws IOException {
		Collector collector = new Collector();
		if (Files.isDirectory(directory)) {
			for (Path entry : entries(directory)) {
				collect(entry, collector);
			}
		}
		return collector.files();
	}

	private static void collect(Path entry, Collector collector) {
		String name = String.valueOf(entry.getFileName());
		FileName kind = new FileName(name);
		try {
			if (kind.isHidden()) {
				return;
			}
			if (kind.isConfiguration()) {
				if (Files.isRegularFile(entry)) {
					collector.file(name, Files.readAllBytes(entry));
				}
				else {
					collector.noFile(name);
				}
			}
			else if (Files.isDirectory(entry)) {
				for (Path inside : entries(entry)) {
					collector.leftOut(name + "/" + inside.getFileName());
				}
			}
			else {
				collector.leftOut(name);
			}
		}
		catch (IOException ex) {
			collector.unreadable(name, ex);
		}
	}

	private static List<Path> entries(Path directory) throws IOException {
		try (Stream<Path> entries = Files.list(directory)) {
			return entries.sorted().toList();
		}
	}

	/**
	 * Why these files are not a valid version, in the order of the files.
	 * @return empty when they are
	 */
	public List<FileNote> problems() {
		return List.copyOf(this.problems);
	}

	/**
	 * Whether there is the file that every service reads.
	 * @return false when these files are not a valid version
	 */
	public boolean hasShared() {
		return this.contents.containsKey(SHARED);
	}

	/**
	 * The contents of the files.
	 * @return by name
	 */
	public SortedMap<String, byte[]> contents() {
		return Collections.unmodifiableSortedMap(this.contents);
	}

	/**
	 * The version of these files.
	 * @return the SHA-256 of their names and contents
	 */
	public String version() {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			this.contents.forEach((name, content) -> {
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
	 * Files that look like configuration but are not read: those with another extension,
	 * and those in a subdirectory.
	 * @return a note about each
	 */
	public List<FileNote> leftOut() {
		return this.leftOut.stream()
			.map((path) -> new FileNote(path,
					path.contains("/") ? "is not read, because it is in a directory of its own"
							: "is not read: the names of configuration files end in .yml"))
			.toList();
	}

	/**
	 * Files that the config server does not serve to any service.
	 * @param audience all services
	 * @return a note about each
	 */
	public List<FileNote> unread(Collection<Audience> audience) {
		return this.contents.keySet()
			.stream()
			.filter((file) -> audience.stream().noneMatch((service) -> service.reads(file)))
			.filter((file) -> !file.equals(SHARED))
			.map((file) -> new FileNote(file,
					"is read by no service that is known here, and its properties are not" + " checked"))
			.toList();
	}

	/**
	 * Collects files from elsewhere than a local directory. Not thread-safe.
	 */
	public static final class Collector {

		private final ConfigFiles files = new ConfigFiles();

		/**
		 * Adds a file.
		 * @param path its path below the directory of the configuration
		 * @param content its bytes
		 */
		public void file(String path, byte[] content) {
			if (!isConfiguration(path)) {
				leftOut(path);
				return;
			}
			this.files.contents.put(path, content);
			new FileContent(content).problem(path.equals(SHARED))
				.ifPresent((problem) -> this.files.problems.add(new FileNote(path, problem)));
		}

		/**
		 * Whether the content of a file matters.
		 * @param path its path below the directory of the configuration
		 * @return whether it is configuration
		 */
		public boolean isConfiguration(String path) {
			return !path.contains("/") && new FileName(path).isConfiguration();
		}

		/**
		 * Adds an entry with the name of a configuration file that is not a file.
		 * @param path its path below the directory of the configuration
		 */
		public void noFile(String path) {
			this.files.problems.add(new FileNote(path, "is not a file"));
		}

		private void unreadable(String path, IOException reason) {
			String why = switch (reason) {
				case AccessDeniedException _ -> "permission denied";
				case NoSuchFileException _ -> "it has disappeared meanwhile";
				default -> reason.toString();
			};
			this.files.problems.add(new FileNote(path, "cannot be read: " + why));
		}

		/** Files that an author may take for configuration, at most one level down. */
		private void leftOut(String path) {
			String[] names = path.split("/", -1);
			if (names.length <= 2 && !new FileName(names[0]).isHidden()
					&& new FileName(names[names.length - 1]).isMeantAsConfiguration()) {
				this.files.leftOut.add(path);
			}
		}

		/**
		 * Ends collecting.
		 * @return the files, good or not
		 */
		public ConfigFiles files() {
			return this.files;
		}

	}

}
