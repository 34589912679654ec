package io.microplatform.launcher;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The main class of {@code ./platform}. Builds what a command needs, and executes the
 * command in the same JVM, so that its process id, its exit code and its locks are the
 * command's.
 */
public final class Launcher {

	private static final String PLATFORM = "io.microplatform.cli.Platform";

	private static final String USAGE = """
			usage: ./platform COMMAND [OPTION]
			./platform demo builds the platform, starts it and shows it at work; README.md lists every command, and so does
			./platform --help after the first build.""";

	private static final String NOTHING = """
			{"state":"DOWN","totalPssMiB":0,"processes":[]}""";

	private static final int FAILED = 1;

	private static final int INVALID = 2;

	private final Path state;

	private final BuildLock lock;

	private final Build build;

	private final boolean skipBuild;

	private Launcher(Path root, Path state) {
		this.state = state;
		this.lock = new BuildLock(root);
		this.build = new Build(root);
		// Tests that call the script run within the build that they test.
		this.skipBuild = !System.getenv().getOrDefault("PLATFORM_SKIP_BUILD", "").isEmpty()
				|| root.toString().equals(System.getenv(Build.TESTED));
	}

	/**
	 * Executes a command and exits.
	 * @param arguments the checkout, the state directory, then the command with its
	 * arguments
	 */
	public static void main(String[] arguments) {
		List<String> command = new ArrayList<>(List.of(arguments));
		Launcher launcher = new Launcher(Path.of(command.removeFirst()), Path.of(command.removeFirst()));
		int code = FAILED;
		try {
			code = launcher.launch(command);
		}
		catch (AccessDeniedException ex) {
			report(ex.getFile() + " cannot be read or written by this user: try as the user it belongs to");
		}
		catch (IOException | LaunchException ex) {
			report(String.valueOf(ex.getMessage()));
		}
		System.exit(code);
	}

	private static void report(String message) {
		new PrintStream(System.err, true, StandardCharsets.UTF_8).println("platform: " + message);
	}

	private int launch(List<String> command) throws IOException, LaunchException {
		String name = command.isEmpty() ? "" : command.getFirst();
		switch (name) {
			case "", "help", "-h", "--help" -> {
				return help(name);
			}
			case "test" -> {
				if (List.of("test").equals(command) || List.of("test", "--full").equals(command)) {
					this.lock.lockStart();
					this.lock.lockBuild();
					return this.build.test(command.size() > 1);
				}
				requireBuild();
			}
			case "bench", "chaos", "drill" -> {
				build(System.err);
				shareBuild();
			}
			case "demo" -> {
				build(System.out);
				if (command.size() == 1) {
					int code = execute(List.of("up"));
					if (code != 0) {
						return code;
					}
				}
				shareBuild();
			}
			case "up", "restart", "restore", "images" -> {
				checkState();
				build(System.out);
			}
			case "scale" -> {
				checkState();
				if (!this.skipBuild) {
					this.lock.lockStart();
				}
				if (!this.build.isPresent()) {
					build(System.out);
				}
			}
			case "status", "down" -> {
				checkState();
				boolean deletes = command.contains("--purge") && Files.exists(this.state);
				if (!this.build.isPresent() && !hasRecords() && !deletes) {
					System.out.println(command.contains("--json") ? NOTHING : "nothing is running");
					return 0;
				}
				requireBuild();
			}
			default -> {
				checkState();
				requireBuild();
			}
		}
		return execute(command);
	}

	private int help(String command) throws IOException, LaunchException {
		if (this.build.isPresent()) {
			return execute(command.isEmpty() ? List.of() : List.of("--help"));
		}
		(command.isEmpty() ? System.err : System.out).println(USAGE);
		return command.isEmpty() ? INVALID : 0;
	}

	/** Any build is good enough. Others can build while the command runs. */
	private void requireBuild() throws IOException, LaunchException {
		if (!this.build.isPresent()) {
			build(System.err);
			this.lock.unlock();
		}
	}

	/**
	 * Builds unless the build is up to date. Until the JVM exits no other command can
	 * build or start anything.
	 */
	private void build(PrintStream progress) throws IOException, LaunchException {
		if (this.skipBuild) {
			if (!this.build.isPresent()) {
				throw new LaunchException(
						"PLATFORM_SKIP_BUILD is set, but there is no build to use: run mvn package -DskipTests");
			}
			return;
		}
		this.lock.lockStart();
		if (!this.build.isUpToDate()) {
			this.lock.lockBuild();
			this.build.run(progress);
		}
	}

	/** Others can start the build, but not replace it, while the command runs. */
	private void shareBuild() throws IOException {
		if (!this.skipBuild) {
			this.lock.shareBuild();
		}
	}

	private int execute(List<String> command) throws IOException, LaunchException {
		List<Path> path = this.build.classPath();
		List<URL> urls = new ArrayList<>();
		for (Path entry : path) {
			urls.add(entry.toUri().toURL());
		}
		// The command starts a JVM with its own class path.
		System.setProperty("java.class.path",
				path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
		URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
		Thread.currentThread().setContextClassLoader(loader);
		try {
			return (int) loader.loadClass(PLATFORM)
				.getMethod("run", String[].class)
				.invoke(null, (Object) command.toArray(String[]::new));
		}
		catch (InvocationTargetException ex) {
			throw new IllegalStateException(ex.getCause());
		}
		catch (ReflectiveOperationException ex) {
			throw new LaunchException("the build is incomplete: " + ex);
		}
	}

	private boolean hasRecords() throws IOException {
		Path records = this.state.resolve("run");
		if (Files.notExists(records)) {
			return false;
		}
		try (Stream<Path> files = Files.list(records)) {
			return files.anyMatch((file) -> file.toString().endsWith(".json"));
		}
	}

	/** A state directory that cannot be read is not an empty one. */
	private void checkState() throws LaunchException {
		for (Path directory : List.of(this.state, this.state.resolve("run"))) {
			boolean readable = Files.isDirectory(directory) && Files.isReadable(directory)
					&& Files.isExecutable(directory);
			if (!readable && !Files.notExists(directory)) {
				throw new LaunchException(directory + " cannot be read by this user: try as the user it belongs to");
			}
		}
	}

}
