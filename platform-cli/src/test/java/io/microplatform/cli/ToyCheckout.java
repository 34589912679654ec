package io.microplatform.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import io.microplatform.cli.StandInCheckout.Output;
import io.microplatform.local.file.Directories;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A checkout of nothing but the script and the launcher, with a command line that prints
 * its arguments, and a Maven that makes empty modules.
 */
final class ToyCheckout {

	/** The command line of the checkout, which its Maven copies. */
	private static final String PLATFORM = """
			package io.microplatform.cli;
			public class Platform {
				public static int run(String... arguments) {
					System.out.println("root=" + System.getProperty("platform.root") + " ");
					System.out.println("Platform " + String.join(" ", arguments));
					System.out.println("options " + option("JAVA_TOOL_OPTIONS") + option("_JAVA_OPTIONS")
							+ option("JDK_JAVA_OPTIONS"));
					return 0;
				}
				private static String option(String name) {
					return System.getenv().getOrDefault(name, "");
				}
			}
			""";

	private static final String COMMAND_LINE = "io/microplatform/cli/Platform.class";

	/** Writes jars in two steps, as Maven does, and notices another one beside it. */
	private static final String MAVEN = """
			#!/bin/bash
			mkdir alone || { echo "[ERROR] two builds at once"; exit 1; }
			echo built >>builds
			echo "${JAVA_TOOL_OPTIONS-}" >options
			for service in discovery-server config-server api-gateway user-service order-service admin-server; do
				: >"$service/target/$service.jar"
			done
			sleep "${BUILD_TAKES:-0}"
			for service in discovery-server config-server api-gateway user-service order-service admin-server; do
				cp service.jar "$service/target/$service.jar"
			done
			cp -r classes/. platform-cli/target/classes
			rmdir alone
			""";

	private final Path root;

	private final Map<String, String> environment = new HashMap<>();

	ToyCheckout(Path root) throws IOException {
		this.root = root;
		for (String module : List.of("discovery-server", "config-server", "api-gateway", "user-service",
				"order-service", "admin-server", "config-files", "local-infrastructure", "platform-lab",
				"platform-cli")) {
			Files.createDirectories(root.resolve(module).resolve("src/main"));
			Files.createDirectories(root.resolve(module).resolve("target/classes"));
			Files.createDirectories(root.resolve(module).resolve("target/lib"));
			Files.writeString(root.resolve(module).resolve("pom.xml"), "");
		}
		Files.writeString(root.resolve("pom.xml"), "");
		ServiceFiles.write(root);
		program(root.resolve("bin/mvn"), MAVEN);
		CommandLineClass.writeTo(root.resolve("classes"));
		try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(root.resolve("service.jar")))) {
			jar.putNextEntry(new JarEntry("content"));
		}
		Files.copy(Script.ofThisCheckout(), script(), StandardCopyOption.COPY_ATTRIBUTES);
		copyLauncher();
		set("JAVA_HOME", System.getProperty("java.home"));
		set("PATH", root.resolve("bin") + ":" + System.getenv("PATH"));
	}

	/** With its classes, if a command of this checkout has compiled them. */
	private void copyLauncher() throws IOException {
		Path sources = Path.of("platform-cli/src/main/java/io/microplatform/launcher");
		copy(Script.ofThisCheckout().resolveSibling(sources), this.root.resolve(sources));
		for (Path compiled : Directories.list(Script.ofThisCheckout().resolveSibling("target"))) {
			if (isLauncher(compiled)) {
				copy(compiled, this.root.resolve("target").resolve(compiled.getFileName()));
			}
		}
	}

	/** Lets the next command compile the launcher. */
	void deleteLauncher() throws IOException {
		for (Path compiled : Directories.list(this.root.resolve("target"))) {
			if (isLauncher(compiled)) {
				Directories.delete(compiled);
			}
		}
	}

	private static boolean isLauncher(Path directory) {
		return String.valueOf(directory.getFileName()).matches("launcher-\\d+");
	}

	private static void copy(Path from, Path to) throws IOException {
		try (Stream<Path> files = Files.walk(from)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Path target = to.resolve(from.relativize(file));
				Files.createDirectories(target.resolveSibling(""));
				Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
			}
		}
	}

	/** Copies the command line to where the build does. */
	void installCommandLine() throws IOException {
		CommandLineClass.writeTo(this.root.resolve("platform-cli/target/classes"));
	}

	static void program(Path file, String content) throws IOException {
		Files.createDirectories(file.resolveSibling(""));
		Files.writeString(file, content);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

	void set(String name, String value) {
		this.environment.put(name, value);
	}

	Path root() {
		return this.root;
	}

	Path script() {
		return this.root.resolve("platform");
	}

	/** How often Maven has run. */
	long builds() throws IOException {
		Path builds = this.root.resolve("builds");
		return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
	}

	/** Makes a source newer than everything. */
	void edit() throws IOException {
		Files.writeString(this.root.resolve("user-service/src/main/" + System.nanoTime()), "");
	}

	Process start(Path directory, String... line) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
		builder.environment().keySet().removeIf((name) -> name.startsWith("PLATFORM_"));
		builder.environment().putAll(this.environment);
		return builder.start();
	}

	static Output outputOf(Process process) throws IOException, InterruptedException {
		String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
		return new Output(process.waitFor(), out, err);
	}

	Output run(Path directory, String... line) throws IOException, InterruptedException {
		return outputOf(start(directory, line));
	}

	Output run(String... arguments) throws IOException, InterruptedException {
		String[] line = new String[arguments.length + 1];
		line[0] = script().toString();
		System.arraycopy(arguments, 0, line, 1, arguments.length);
		return run(this.root, line);
	}

	/** The compiled command line of the checkout, the same for all. */
	private static final class CommandLineClass {

		private static final byte[] CONTENT = compile();

		private static byte[] compile() {
			try {
				Path directory = Files.createTempDirectory("command-line");
				Path source = Files.writeString(directory.resolve("Platform.java"), PLATFORM);
				int code = ToolProvider.getSystemJavaCompiler()
					.run(null, null, null, "-d", directory.toString(), source.toString());
				assertThat(code).isZero();
				byte[] content = Files.readAllBytes(directory.resolve(COMMAND_LINE));
				Directories.delete(directory);
				return content;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		static void writeTo(Path classes) throws IOException {
			Path file = classes.resolve(COMMAND_LINE);
			Files.createDirectories(file.resolveSibling(""));
			Files.write(file, CONTENT);
		}

	}

}
