package io.microplatform.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

import io.microplatform.local.process.CurrentJava;
import io.microplatform.local.process.Tool;
import io.microplatform.local.server.Directories;

/**
 * A service's jar, extracted before it runs: a third of the start goes into reading jars
 * within a jar. Extracted again when the jar has changed.
 *
 * @param jar what the build made
 * @param home where the extracted ones of this service are
 */
record ServiceJar(Path jar, Path home) {

	private static final Duration EXTRACTING_TAKES_AT_MOST = Duration.ofSeconds(90);

	/** The jar to run. */
	Path extracted() throws IOException {
		if (!Files.exists(this.jar)) {
			throw new IOException("%s is not there: build it with `mvn package -DskipTests`".formatted(this.jar));
		}
		Path target = target();
		if (!Files.isDirectory(target)) {
			Directories.delete(this.home);
			Files.createDirectories(this.home);
			Path fresh = this.home.resolve("fresh");
			extractTo(fresh);
			Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
		}
		return target.resolve(this.jar.getFileName());
	}

	/** Whether the jar as it is now has been extracted. */
	boolean isExtracted() throws IOException {
		return Files.exists(this.jar) && Files.isDirectory(target());
	}

	private Path target() throws IOException {
		return this.home
			.resolve("%d-%d".formatted(Files.getLastModifiedTime(this.jar).toMillis(), Files.size(this.jar)));
	}

	private void extractTo(Path target) throws IOException {
		Tool.run("extracting " + this.jar,
				List.of(CurrentJava.executable(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djarmode=tools",
						"-jar", this.jar.toString(), "extract", "--destination", target.toString()),
				EXTRACTING_TAKES_AT_MOST);
	}

}
