package io.microplatform.local.server;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import io.microplatform.local.process.OperatingSystem;

/**
 * The jars with the servers' programs, as the build laid them out.
 *
 * @param directory {@code local-infrastructure/target/lib}
 */
public record Programs(Path directory) {

	public static Programs below(Path platformRoot) {
		return new Programs(platformRoot.resolve("local-infrastructure/target/lib"));
	}

	/**
	 * The one jar whose name begins like that.
	 * @throws IOException when it is not there, saying how to get it
	 */
	public Path jar(String prefix) throws IOException {
		if (Files.isDirectory(this.directory)) {
			try (DirectoryStream<Path> jars = Files.newDirectoryStream(this.directory, prefix + "*.jar")) {
				for (Path jar : jars) {
					return jar;
				}
			}
		}
		throw new IOException("%s*.jar is not in %s: run `mvn process-resources -pl local-infrastructure`"
			.formatted(prefix, this.directory));
	}

	/** Everything in the directory, as a class path. */
	public String classPath() {
		return this.directory.resolve("*").toString();
	}

	/** {@code amd64} or {@code arm64}, as the makers of both programs name it. */
	public static String architecture() {
		String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
		return (name.equals("aarch64") || name.equals("arm64")) ? "arm64" : "amd64";
	}

	public static String operatingSystem() {
		return OperatingSystem.isLinux() ? "linux" : "darwin";
	}

}
