package io.microplatform.launcher;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * The build of a checkout by Maven. {@code target/platform-built} vouches for it: it is
 * as old as the beginning of the last successful build, and lists the names and sizes of
 * its output. Output that it does not vouch for, such as that of a build that was killed,
 * is built again.
 */
final class Build {

	/** Names the environment variable with the checkout whose tests run. */
	static final String TESTED = "TESTED_PLATFORM";

	private static final List<String> MODULES = List.of("config-files", "local-infrastructure", "platform-lab",
			"platform-cli");

	private static final List<String> SERVERS = List.of("discovery-server", "config-server", "api-gateway",
			"admin-server");

	/** In the module of a business service. */
	private static final String SERVICE = "service.properties";

	private static final List<String> LIBRARIES = List.of("local-infrastructure/target/lib", "platform-cli/target/lib");

	private static final Pattern MODULE = Pattern.compile("\\] Building (.+\\[\\d+/\\d+\\])");

	private static final Pattern ERROR = Pattern.compile("^(\\[ERROR\\]|Error:).*|.*JAVA_HOME.*");

	private static final Pattern PID = Pattern.compile("(\\d{1,18})\\s*");

	private static final int ERROR_LINES = 20;

	/** Larger exit codes are those of processes that a signal has ended. */
	private static final int SIGNALS = 128;

	private static final long LOOK_MILLISECONDS = 100;

	private final Path root;

	private final Path target;

	private final Path stamp;

	/** Present during a build, and after a build that was interrupted. */
	private final Path begun;

	/** The process of Maven, which goes on when only the launcher is killed. */
	private final Path maven;

	/** The directories with a POM, once they have been listed. */
	private List<Path> modules = List.of();

	Build(Path root) {
		this.root = root;
		this.target = root.resolve("target");
		this.stamp = this.target.resolve("platform-built");
		this.begun = this.target.resolve("platform-built.begun");
		this.maven = this.target.resolve("platform-build.pid");
	}

	/** Returns whether there is a build, of whatever sources. */
	boolean isPresent() {
		return Files.exists(this.root.resolve("platform-cli/target/classes/io/microplatform/cli/Platform.class"))
				&& LIBRARIES.stream().allMatch((directory) -> Files.isDirectory(this.root.resolve(directory)));
	}

	boolean isUpToDate() throws IOException {
		if (!isPresent() || Files.exists(this.begun) || !isVouchedFor()) {
			return false;
		}
		FileTime built = Files.getLastModifiedTime(this.stamp);
		for (Path source : sources()) {
			if (Files.getLastModifiedTime(source).compareTo(built) > 0) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Returns the POMs, and the main sources with their directories, whose age tells of
	 * deletions.
	 */
	private List<Path> sources() throws IOException {
		List<Path> sources = new ArrayList<>(List.of(this.root.resolve("pom.xml")));
		for (Path module : modules()) {
			sources.add(module.resolve("pom.xml"));
			sources.addAll(tree(module.resolve("src/main")));
		}
		return sources;
	}

	/** Returns the class path of the command line. */
	List<Path> classPath() throws IOException {
		List<Path> path = new ArrayList<>();
		MODULES.forEach((module) -> path.add(this.root.resolve(module).resolve("target/classes")));
		path.addAll(tree(this.root.resolve("platform-cli/target/lib")));
		return path;
	}

	/**
	 * Builds everything and shows the progress.
	 * @throws LaunchException if Maven is missing or fails
	 */
	void run(PrintStream progress) throws IOException, LaunchException {
		Path log = this.target.resolve("platform-build.log");
		ProcessBuilder command = maven("package", "-DskipTests").redirectErrorStream(true)
			// A file, so that Maven can go on when only this process is killed.
			.redirectOutput(log.toFile());
		progress.println(Files.exists(this.stamp) ? "building, because sources have changed"
				: "building for the first time; when Maven has to download everything this takes minutes");
		begin();
		Process process = command.start();
		int code = follow(process, log, progress);
		if (code != 0) {
			fail(code);
			List<String> lines = lines(log);
			List<String> errors = lines.stream()
				.filter((line) -> ERROR.matcher(line).matches())
				.limit(ERROR_LINES)
				.toList();
			(errors.isEmpty() ? lines.subList(Math.max(0, lines.size() - ERROR_LINES), lines.size()) : errors)
				.forEach(System.err::println);
			throw new LaunchException("the build failed; all of its output is in " + log);
		}
		end();
	}

	/**
	 * Runs the test suite, which builds as well.
	 * @return Maven's exit code
	 */
	int test(boolean full) throws IOException, LaunchException {
		ProcessBuilder command = full ? maven("-T", "2", "-Dplatform.tests=full", "verify")
				: maven("-T", "2", "verify");
		command.redirectOutput(ProcessBuilder.Redirect.INHERIT).redirectError(ProcessBuilder.Redirect.INHERIT);
		// The tests call ./platform.
		command.environment().put(TESTED, this.root.toString());
		begin();
		int code = await(command.start());
		if (code == 0) {
			end();
		}
		else {
			fail(code);
		}
		return code;
	}

	/**
	 * A Maven that was killed has interrupted the build, one that failed has ended it.
	 */
	private void fail(int code) throws IOException {
		if (code <= SIGNALS) {
			Files.delete(this.begun);
		}
	}

	/**
	 * The process records itself, so that it is found however early this one is killed.
	 */
	private ProcessBuilder maven(String... arguments) throws LaunchException {
		if (MavenProgram.find(System.getenv().getOrDefault("PATH", "")).isEmpty()) {
			throw new LaunchException(MavenProgram.MISSING);
		}
		List<String> command = new ArrayList<>(List.of("sh", "-c",
				"echo $$ >\"$0\" && exec mvn -B -Dstyle.color=never \"$@\"", this.maven.toString()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.root.toFile())
			.redirectInput(new File("/dev/null"));
		MavenProgram.prepare(builder.environment());
		return builder;
	}

	private int follow(Process process, Path log, PrintStream progress) throws IOException {
		int shown = 0;
		boolean ended = false;
		while (!ended) {
			ended = waitFor(process);
			List<String> modules = lines(log).stream()
				.flatMap((line) -> MODULE.matcher(line).results())
				.map((module) -> module.group(1))
				.toList();
			modules.stream().skip(shown).forEach((module) -> progress.println("  " + module));
			shown = modules.size();
		}
		return process.exitValue();
	}

	private static boolean waitFor(Process process) {
		try {
			return process.waitFor(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static int await(Process process) {
		return process.onExit().join().exitValue();
	}

	private void begin() throws IOException {
		awaitMaven();
		if (Files.exists(this.begun)) {
			// Maven keeps what is newer than its source, however incomplete it is.
			deleteClasses();
		}
		if (!isVouchedFor()) {
			deleteIncompleteJars();
		}
		Files.writeString(this.begun, "");
	}

	private void awaitMaven() throws IOException {
		if (Files.notExists(this.maven)) {
			return;
		}
		Instant recorded = Files.getLastModifiedTime(this.maven).toInstant();
		Matcher pid = PID.matcher(Files.readString(this.maven));
		Optional<ProcessHandle> process = pid.matches() ? ProcessHandle.of(Long.parseLong(pid.group(1)))
				: Optional.empty();
		// A later process can have the same id.
		process.filter((handle) -> handle.info().startInstant().filter((start) -> !start.isAfter(recorded)).isPresent())
			.ifPresent((handle) -> {
				System.err.println(
						"waiting for Maven, process " + handle.pid() + ", which builds the platform in " + this.root);
				handle.onExit().join();
			});
	}

	private void deleteClasses() throws IOException {
		for (Path module : modules()) {
			for (String directory : List.of("target/classes", "target/maven-status")) {
				for (Path file : tree(module.resolve(directory)).reversed()) {
					Files.delete(file);
				}
			}
		}
	}

	private void deleteIncompleteJars() throws IOException {
		for (Path module : modules()) {
			for (Path jar : Stream
				.concat(tree(module.resolve("target/lib")).stream(),
						Stream.of(module.resolve("target").resolve(module.getFileName() + ".jar")))
				.toList()) {
				if (Files.isRegularFile(jar) && !isComplete(jar)) {
					Files.delete(jar);
				}
			}
		}
	}

	/** The directory of a jar is at its end. */
	private static boolean isComplete(Path jar) {
		try (ZipFile file = new ZipFile(jar.toFile())) {
			return file.size() > 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private void end() throws IOException, LaunchException {
		for (String service : services()) {
			if (Files.notExists(jar(service))) {
				throw new LaunchException(
						"the build has not made " + jar(service) + ": does pom.xml list the module " + service + "?");
			}
		}
		Path next = this.target.resolve("platform-built.new");
		Files.writeString(next, output());
		Files.setLastModifiedTime(next, Files.getLastModifiedTime(this.begun));
		// What the stamp vouches for survives a power failure.
		await(new ProcessBuilder("sync").start());
		Files.move(next, this.stamp, StandardCopyOption.ATOMIC_MOVE);
		Files.delete(this.begun);
	}

	private boolean isVouchedFor() throws IOException {
		return Files.exists(this.stamp) && Files.readString(this.stamp).equals(output());
	}

	/** Returns the name and the size of each file that a build makes and a start uses. */
	private String output() throws IOException {
		List<Path> files = new ArrayList<>();
		for (String service : services()) {
			files.addAll(tree(jar(service)));
		}
		for (String module : MODULES) {
			files.addAll(tree(this.root.resolve(module).resolve("target/classes")));
		}
		for (String libraries : LIBRARIES) {
			files.addAll(tree(this.root.resolve(libraries)));
		}
		StringBuilder output = new StringBuilder();
		for (Path file : files) {
			if (Files.isRegularFile(file)) {
				output.append(this.root.relativize(file)).append(' ').append(Files.size(file)).append('\n');
			}
		}
		return output.toString();
	}

	private Path jar(String service) {
		return this.root.resolve(service).resolve("target").resolve(service + ".jar");
	}

	/** Returns the modules whose jars are started. */
	private List<String> services() throws IOException {
		List<String> services = new ArrayList<>(SERVERS);
		for (Path module : modules()) {
			if (Files.exists(module.resolve(SERVICE))) {
				services.add(String.valueOf(module.getFileName()));
			}
		}
		return services;
	}

	private List<Path> modules() throws IOException {
		if (this.modules.isEmpty()) {
			try (Stream<Path> children = Files.list(this.root)) {
				this.modules = children.filter((child) -> Files.exists(child.resolve("pom.xml"))).sorted().toList();
			}
		}
		return this.modules;
	}

	/**
	 * Returns a file or directory and all that is in it, parents first; nothing if it
	 * does not exist.
	 */
	private static List<Path> tree(Path top) throws IOException {
		if (Files.notExists(top)) {
			return List.of();
		}
		try (Stream<Path> files = Files.walk(top)) {
			return files.sorted().toList();
		}
	}

	private static List<String> lines(Path log) throws IOException {
		return Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList();
	}

}
