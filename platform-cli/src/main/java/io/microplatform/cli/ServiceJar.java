package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

import io.microplatform.local.file.AtomicDirectory;
import io.microplatform.local.file.Directories;
import io.microplatform.local.process.CurrentJava;
import io.microplatform.local.process.Tool;

/**
 * A service's jar, extracted before it runs, because reading jars within a jar takes a
 * third of the start. It is extracted again when the jar has changed.
 *
 * @param jar what the build made
 * @param home where the extracted ones of this service are
 */
record ServiceJar(Path jar, Path home) {

	private static final Map<Path, Object> LOCKS = new ConcurrentHashMap<>();

	private static final String REBUILD = "build it anew with `mvn package -DskipTests`";

	private static final Duration EXTRACTING_TAKES_AT_MOST = Duration.ofSeconds(90);

	/**
	 * The jar to run. Earlier ones are deleted when they are not in use. Thread-safe, so
	 * that several instances can start at once.
	 * @param inUse whether a process still reads from that directory
	 */
	Path extracted(Predicate<Path> inUse) throws IOException {
		if (!Files.exists(this.jar)) {
			throw new IOException("%s is not there: build it with `mvn package -DskipTests`".formatted(this.jar));
		}
		synchronized (LOCKS.computeIfAbsent(this.home, (home) -> new Object())) {
			Path target = target();
			AtomicDirectory directory = new AtomicDirectory(target);
			if (!directory.isWhole()) {
				requireWhole();
				Files.createDirectories(this.home);
				deleteAllBut((path) -> inUse.test(path) && !path.equals(target));
				Path fresh = this.home.resolve("fresh");
				extractTo(fresh);
				directory.replaceBy(fresh);
			}
			return target.resolve(this.jar.getFileName());
		}
	}

	/** A build that was interrupted leaves an empty jar, or a part of one. */
	private void requireWhole() throws IOException {
		try (JarFile content = new JarFile(this.jar.toFile())) {
			if (content.getManifest() != null) {
				return;
			}
		}
		catch (ZipException ex) {
			throw new IOException(this.jar + " is not whole (" + ex.getMessage() + "): " + REBUILD, ex);
		}
		throw new IOException(this.jar + " is not whole: " + REBUILD);
	}

	/** The jar to run once it is extracted. */
	Path extractedTo() throws IOException {
		return target().resolve(this.jar.getFileName());
	}

	private void deleteAllBut(Predicate<Path> inUse) throws IOException {
		List<Path> earlier;
		try (Stream<Path> entries = Files.list(this.home)) {
			earlier = entries.filter(inUse.negate()).toList();
		}
		for (Path directory : earlier) {
			Directories.delete(directory);
		}
	}

	/** Whether a process was started with the jar as it is now, or there is none. */
	boolean isRunBy(String command) throws IOException {
		return !Files.exists(this.jar) || command.contains(target().toString());
	}

	/**
	 * Its name says which jar it is. The time does not suffice: jars of reproducible
	 * builds have a fixed one.
	 */
	private Path target() throws IOException {
		return this.home.resolve(String.format(Locale.ROOT, "%d-%d-%08x",
				Files.getLastModifiedTime(this.jar).toMillis(), Files.size(this.jar), checksum()));
	}

	/** Of the checksums that the jar contains: nothing else is read of it. */
	private int checksum() throws IOException {
		try (ZipFile content = new ZipFile(this.jar.toFile())) {
			return content.stream()
				.mapToInt((entry) -> Objects.hash(entry.getName(), entry.getCrc()))
				.reduce(1, (left, right) -> 31 * left + right);
		}
		catch (ZipException ex) {
			// It is refused when it is extracted.
			return 0;
		}
	}

	private void extractTo(Path target) throws IOException {
		Tool.run("extracting " + this.jar,
				List.of(CurrentJava.executable(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djarmode=tools",
						"-jar", this.jar.toString(), "extract", "--destination", target.toString()),
				EXTRACTING_TAKES_AT_MOST);
	}

}
