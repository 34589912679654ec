package io.microplatform.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.microplatform.local.file.AtomicFile;
import io.microplatform.local.file.Directories;
import io.microplatform.local.process.Command;
import io.microplatform.local.process.Jvm;
import io.microplatform.local.process.Tool;

/**
 * The ahead-of-time cache of a program in an image. A training run does not make the same
 * bytes twice, so the cache is kept, by a fingerprint of all that it depends on: the
 * runtime, the jars and the options of the JVM. As long as these are the same, so is the
 * image.
 *
 * @see <a href="https://openjdk.org/jeps/514">JEP 514</a>
 */
final class TrainedCache {

	private static final String EXTENSION = ".aot";

	private static final Duration TRAINING_TAKES_AT_MOST = Duration.ofMinutes(5);

	private final Path directory;

	private final AppDirectory app;

	private final Path runtime;

	private final String fingerprint;

	TrainedCache(Path directory, AppDirectory app, Path runtime) throws IOException {
		this.directory = directory;
		this.app = app;
		this.runtime = runtime;
		this.fingerprint = new Fingerprint().add(Jvm.containerFlags().toString())
			.add(runtime, FixedTime.files(runtime))
			.add(app.path(), app.files())
			.value();
	}

	/** Returns the name of the file in the image. */
	String name() {
		return this.app.program().name() + EXTENSION;
	}

	Path file() {
		return this.directory.resolve(this.app.program().name() + "-" + this.fingerprint + EXTENSION);
	}

	boolean exists() {
		return Files.exists(file());
	}

	/**
	 * Makes the cache from a training run of the image's files with the image's runtime,
	 * as a process of this machine. It appears as a whole, and replaces earlier ones.
	 * @param environment the environment of the service beside a running platform
	 * @throws IOException if the run fails, with its output
	 */
	void train(Map<String, String> environment) throws IOException {
		Files.createDirectories(this.directory);
		Path fresh = this.directory.resolve("fresh" + EXTENSION);
		Files.deleteIfExists(fresh);
		List<String> line = new ArrayList<>(List.of(this.runtime.resolve("bin/java").toString()));
		line.addAll(Jvm.containerFlags());
		// A cache is valid for heaps of every size; a part of this machine's memory would
		// be a large one.
		line.addAll(List.of("-Xmx256m", "-XX:AOTCacheOutput=" + fresh, "-Dplatform.training=true",
				"-Deureka.client.register-with-eureka=false", "-Dserver.port=0"));
		line.addAll(this.app.arguments());
		Tool.run("training " + this.app.program().name(), new Command(line, environment, this.app.path()),
				TRAINING_TAKES_AT_MOST);
		if (Files.notExists(fresh)) {
			throw new IOException("training %s ended without a cache: build without caches with --no-aot"
				.formatted(this.app.program().name()));
		}
		FixedTime.set(fresh);
		new AtomicFile(file()).replaceBy(fresh);
		for (Path other : Directories.list(this.directory)) {
			String name = String.valueOf(other.getFileName());
			boolean isEarlier = name.matches(this.app.program().name() + "-[0-9a-f]+" + EXTENSION);
			if (isEarlier && !other.equals(file())) {
				Files.delete(other);
			}
		}
	}

}
