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

import io.microplatform.cli.StandInCheckout.Output;

/**
 * A checkout of nothing but the shell script, with a Java that prints what it is told and
 * a Maven that makes empty modules.
 */
final class ToyCheckout {

	private static final String JAVA = """
			#!/bin/bash
			echo "java $*"
			echo "options ${JAVA_TOOL_OPTIONS-}${_JAVA_OPTIONS-}${JDK_JAVA_OPTIONS-}"
			""";

	/** Writes jars in two steps, as Maven does, and notices another one beside it. */
	private static final String MAVEN = """
			#!/bin/bash
			mkdir alone || { echo "[ERROR] two builds at once"; exit 1; }
			echo built >>builds
			for service in discovery-server config-server api-gateway user-service order-service; do
				: >"$service/target/$service.jar"
			done
			sleep "${BUILD_TAKES:-0}"
			for service in discovery-server config-server api-gateway user-service order-service; do
				printf 'content of a jar PK\\5\\6\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0' >"$service/target/$service.jar"
			done
			mkdir -p platform-cli/target/classes/io/microplatform/cli
			touch platform-cli/target/classes/io/microplatform/cli/Platform.class
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
		Files.createDirectories(root.resolve("platform-cli/target/classes/io/microplatform/cli"));
		Files.writeString(root.resolve("pom.xml"), "");
		Files.createDirectories(root.resolve("jdk/bin"));
		Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
		program(root.resolve("jdk/bin/java"), JAVA);
		program(root.resolve("jdk/bin/javac"), JAVA);
		program(root.resolve("bin/mvn"), MAVEN);
		Files.copy(Script.ofThisCheckout(), script(), StandardCopyOption.COPY_ATTRIBUTES);
		set("JAVA_HOME", root.resolve("jdk").toString());
		set("PATH", root.resolve("bin") + ":" + System.getenv("PATH"));
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
