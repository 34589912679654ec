package io.microplatform.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.microplatform.local.file.AtomicFile;
import io.microplatform.local.process.Command;
import io.microplatform.local.process.CurrentJava;
import io.microplatform.local.process.Jvm;
import io.microplatform.local.process.Tool;

/**
 * The JDK's ahead-of-time cache of one service: its classes as a training run has loaded
 * and linked them, which saves almost half of the CPU time of a start. It holds for one
 * class path, one JDK and one set of flags only: it lies beside the extracted jar, which
 * is thrown away with it, and its name says the other two. A JVM that cannot use it
 * starts without.
 *
 * @param jar the extracted jar
 * @param jvm what starts with it
 * @see <a href="https://openjdk.org/jeps/514">JEP 514</a>
 */
record AotCache(Path jar, Jvm jvm) {

	private static final String EXTENSION = ".aot";

	private static final Duration TRAINING_TAKES_AT_MOST = Duration.ofMinutes(5);

	/** What makes a JVM start with it; nothing as long as it is not there. */
	List<String> flags() {
		return exists() ? List.of("-XX:AOTCache=" + file()) : List.of();
	}

	boolean exists() {
		return Files.exists(file());
	}

	/**
	 * Makes it from a training run, which refreshes the application's context, lets a
	 * service answer its own calls to warm up, and ends before anything of it consumes or
	 * registers. It appears as a whole.
	 * @param environment what the service is told at its start
	 * @throws IOException when the run failed, with all that it printed
	 */
	void train(Map<String, String> environment) throws IOException {
		Path fresh = this.jar.resolveSibling("fresh" + EXTENSION);
		List<String> line = new ArrayList<>(List.of(CurrentJava.executable()));
		line.addAll(this.jvm.flags());
		line.addAll(List.of("-XX:AOTCacheOutput=" + fresh, "-Dspring.context.exit=onRefresh",
				"-Deureka.client.register-with-eureka=false", "-Dserver.port=0", "-jar", this.jar.toString()));
		Tool.run("training " + this.jar, new Command(line, environment, directory()), TRAINING_TAKES_AT_MOST);
		for (Path outdated : caches()) {
			if (!outdated.equals(fresh)) {
				Files.delete(outdated);
			}
		}
		new AtomicFile(file()).replaceBy(fresh);
	}

	private List<Path> caches() throws IOException {
		try (Stream<Path> files = Files.list(directory())) {
			return files.filter((file) -> file.toString().endsWith(EXTENSION)).toList();
		}
	}

	private Path directory() {
		return this.jar.resolveSibling("");
	}

	private Path file() {
		int fingerprint = List.of(System.getProperty("java.vm.vendor"), Runtime.version().toString(), this.jvm.flags())
			.hashCode();
		return this.jar.resolveSibling("%08x%s".formatted(fingerprint, EXTENSION));
	}

}
