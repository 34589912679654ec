package io.microplatform.cli;

import java.io.IOException;
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

	/** Writes jars in two steps, as Maven does, and notices another one beside it. */
	private static final String MAVEN = """
			#!/bin/bash
			mkdir alone || { echo "[ERROR] two builds at once"; exit 1; }
			echo built >>builds
			echo "${JAVA_TOOL_OPTIONS-}" >options
			for service in discovery-server config-server api-gateway user-service order-service; do
				: >"$service/target/$service.jar"
			done
			sleep "${BUILD_TAKES:-0}"
			for service in discovery-server config-server api-gateway user-service order-service; do
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
				"order-service", "config-files", "local-infrastructure", "platform-lab", "platform-cli")) {
			Files.createDirectories(root.resolve(module).resolve("src/main"));
			Files.createDirectories(root.resolve(module).resolve("target/classes"));
			Files.createDirectories(root.resolve(module).resolve("target/lib"));
			Files.writeString(root.resolve(module).resolve("pom.xml"), "");
		}
		Files.writeString(root.resolve("pom.xml"), "");
		program(root.resolve("bin/mvn"), MAVEN);
		compile();
		try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(root.resolve("service.jar")))) {
			jar.putNextEntry(new JarEntry("content"));
		}
		Files.copy(Script.ofThisCheckout(), script(), StandardCopyOption.COPY_ATTRIBUTES);
		copyLauncher();
		set("JAVA_HOME", System.getProperty("java.home"));
		set("PATH", root.resolve("bin") + ":" + System.getenv("PATH"));
	}

	private void compile() throws IOException {
		Path source = Files.createDirectories(this.root.resolve("source")).resolve("Platform.java");
		Files.writeString(source, PLATFORM);
		int code = ToolProvider.getSystemJavaCompiler()
			.run(null, null, null, "-d", this.root.resolve("classes").toString(), source.toString());
		assertThat(code).isZero();
	}

	private void copyLauncher() throws IOException {
		Path launcher = Path.of("platform-cli/src/main/java/io/microplatform/launcher");
		Path copy = Files.createDirectories(this.root.resolve(launcher));
		try (Stream<Path> sources = Files.list(Script.ofThisCheckout().resolveSibling(launcher))) {
			for (Path source : sources.toList()) {
				Files.copy(source, copy.resolve(source.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
			}
		}
	}

	/** Copies the command line to where the build does. */
	void installCommandLine() throws IOException {
		String name = "io/microplatform/cli/Platform.class";
		Path copy = this.root.resolve("platform-cli/target/classes").resolve(name);
		Files.createDirectories(copy.resolveSibling(""));
		Files.copy(this.root.resolve("classes").resolve(name), copy);
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

}
