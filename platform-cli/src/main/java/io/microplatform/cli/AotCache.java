package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.microplatform.local.file.AtomicFile;
import io.microplatform.local.file.Directories;
import io.microplatform.local.process.Command;
import io.microplatform.local.process.CurrentJava;
import io.microplatform.local.process.Jvm;
import io.microplatform.local.process.Tool;

/**
 * The JDK's ahead-of-time cache of one service: its classes as a training run has loaded
 * and linked them, which saves almost half of the CPU time of a start. A cache is valid
 * for one class path, one JDK and one set of flags. It is stored beside the extracted jar
 * and deleted with it; its name contains the JDK and the flags. A JVM that cannot use it
 * starts without it.
 *
 * @param jar the extracted jar
 * @param jvm what starts with it
 * @see <a href="https://openjdk.org/jeps/514">JEP 514</a>
 */
record AotCache(Path jar, Jvm jvm) {

	private static final String EXTENSION = ".aot";

	private static final Duration TRAINING_TAKES_AT_MOST = Duration.ofMinutes(5);

	/** What makes a JVM start with it; nothing as long as it is not there. */
	List<String> flags() throws IOException {
		return whole().map((file) -> List.of("-XX:AOTCache=" + file)).orElse(List.of());
	}

	boolean exists() throws IOException {
		return whole().isPresent();
	}

	/** Its name also says its size: one that was cut off is not it. */
	private Optional<Path> whole() throws IOException {
		for (Path file : caches()) {
			if (file.equals(file(sizeOf(file)))) {
				return Optional.of(file);
			}
		}
		return Optional.empty();
	}

	/** A training run that has just ended deletes those that are outdated. */
	private static long sizeOf(Path file) throws IOException {
		try {
			return Files.size(file);
		}
		catch (NoSuchFileException gone) {
			return -1;
		}
	}

	/**
	 * Makes it from a training run, which starts the web server only, answers calls of
	 * its own, and ends. It appears as a whole.
	 * @param environment what the service is told at its start
	 * @throws IOException when the run failed, with all that it printed
	 */
	void train(Map<String, String> environment) throws IOException {
		Path fresh = this.jar.resolveSibling("fresh" + EXTENSION);
		List<String> line = new ArrayList<>(List.of(CurrentJava.executable()));
		line.addAll(this.jvm.flags());
		line.addAll(List.of("-XX:AOTCacheOutput=" + fresh, "-Dplatform.training=true",
				"-Deureka.client.register-with-eureka=false", "-Dserver.port=0", "-jar", this.jar.toString()));
		Tool.run("training " + this.jar, new Command(line, environment, directory()), TRAINING_TAKES_AT_MOST);
		if (Files.notExists(fresh)) {
			throw new IOException("training " + this.jar + " ended without a cache");
		}
		for (Path outdated : caches()) {
			if (!outdated.equals(fresh)) {
				Files.delete(outdated);
			}
		}
		new AtomicFile(file(Files.size(fresh))).replaceBy(fresh);
	}

	private List<Path> caches() throws IOException {
		return Directories.list(directory()).stream().filter((file) -> file.toString().endsWith(EXTENSION)).toList();
	}

	private Path directory() {
		return this.jar.resolveSibling("");
	}

	private Path file(long size) {
		int fingerprint = List.of(System.getProperty("java.vm.vendor"), Runtime.version().toString(), this.jvm.flags())
			.hashCode();
		return this.jar.resolveSibling(String.format(Locale.ROOT, "%08x-%d%s", fingerprint, size, EXTENSION));
	}

}
