package io.microplatform.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;

import io.microplatform.local.file.AtomicDirectory;
import io.microplatform.local.file.Directories;
import io.microplatform.local.process.OperatingSystem;
import io.microplatform.local.process.Tool;
import org.jspecify.annotations.Nullable;

/**
 * The Java runtime of images, linked from a JDK 25 by {@code jlink}. It is made once for
 * each JDK and kept. It contains the modules that any service needs, so that all images
 * share one layer, and {@code java} as its only program.
 */
final class JavaRuntime {

	/** Its directory in images. */
	static final String HOME = "/opt/java";

	/**
	 * Java SE without signatures of XML and rows of disconnected databases, and what
	 * libraries use of the JDK: TLS with elliptic curves, recordings, memory of
	 * containers, DNS, socket options, direct access to memory, and jars as file systems.
	 */
	private static final List<String> MODULES = List.of("java.compiler", "java.desktop", "java.instrument",
			"java.logging", "java.management.rmi", "java.naming", "java.net.http", "java.prefs", "java.scripting",
			"java.security.jgss", "java.security.sasl", "java.sql", "java.transaction.xa", "java.xml", "jdk.crypto.ec",
			"jdk.jfr", "jdk.management", "jdk.naming.dns", "jdk.net", "jdk.unsupported", "jdk.zipfs");

	/**
	 * Not compressed, because the layer is. Debug symbols of native code are not removed:
	 * JDKs keep them in other files, and the result would depend on whether this machine
	 * has objcopy. Packages of distributions replace the CA certificates of a JDK, which
	 * jlink would refuse as modified.
	 */
	private static final List<String> OPTIONS = List.of("--strip-java-debug-attributes", "--no-header-files",
			"--no-man-pages", "--ignore-modified-runtime");

	/**
	 * Libraries for windows, sound and fonts. Base images have neither a screen nor
	 * fonts; Spring needs the module for its {@code java.beans}.
	 */
	private static final List<String> OF_DESKTOPS = List.of("libawt_xawt.so", "libfontmanager.so", "libfreetype.so",
			"libjawt.so", "libjsound.so", "libsplashscreen.so");

	private static final String CERTIFICATES = "lib/security/cacerts";

	private static final Duration LINKING_TAKES_AT_MOST = Duration.ofMinutes(5);

	private final Path directory;

	private final String architecture;

	private final Path jdk;

	private final Properties release;

	/**
	 * Chooses the JDK.
	 * @param directory the directory in which runtimes are kept
	 * @param architecture {@code amd64} or {@code arm64}
	 * @param jdk the JDK for that architecture; null for the one of this JVM
	 * @throws IOException if the JDK is not for Linux and that architecture, or cannot be
	 * linked from
	 */
	JavaRuntime(Path directory, String architecture, @Nullable Path jdk) throws IOException {
		this.directory = directory;
		this.architecture = architecture;
		this.jdk = (jdk != null) ? jdk : ownJdk();
		this.release = release(this.jdk);
		requireFitting(jdk != null);
	}

	private static Path ownJdk() {
		return Path.of(System.getProperty("java.home"));
	}

	private static Properties release(Path jdk) throws IOException {
		Path file = jdk.resolve("release");
		if (!Files.isRegularFile(file)) {
			throw new IOException(jdk + " is not a JDK: it has no file named release");
		}
		Properties release = new Properties();
		try (var content = Files.newBufferedReader(file)) {
			release.load(content);
		}
		return release;
	}

	private void requireFitting(boolean isChosen) throws IOException {
		String platform = released("OS_NAME") + "/" + architecture(released("OS_ARCH"));
		if (!platform.equals("Linux/" + this.architecture)) {
			throw new IOException("%s is not a JDK for linux/%s: %s with --jdk, or take the Java of the base image"
				.formatted(this.jdk, this.architecture, isChosen ? "name another one" : "name one")
					+ " with --runtime base");
		}
		if (!runsHere() && !Files.isDirectory(this.jdk.resolve("jmods"))) {
			throw new IOException(
					this.jdk + " has no directory jmods, from which jlink could make a runtime for another machine");
		}
	}

	private String released(String key) {
		return this.release.getProperty(key, "").replace("\"", "");
	}

	/** Returns Docker's name of an architecture. */
	private static String architecture(String name) {
		return switch (name) {
			case "x86_64", "amd64" -> "amd64";
			case "aarch64", "arm64" -> "arm64";
			default -> name;
		};
	}

	/** Whether programs for Linux and an architecture can run on this machine. */
	static boolean runsHere(String architecture) {
		return OperatingSystem.isLinux() && architecture(System.getProperty("os.arch")).equals(architecture);
	}

	private boolean runsHere() {
		return runsHere(this.architecture);
	}

	String version() {
		return released("JAVA_RUNTIME_VERSION");
	}

	/** Returns its directory on this machine, and makes it if necessary. */
	Path directory() throws IOException {
		String id = new Fingerprint().add(new TreeMap<>(this.release).toString())
			.add(MODULES.toString())
			.add(OPTIONS.toString())
			.add(OF_DESKTOPS.toString())
			.add(this.jdk, List.of(this.jdk.resolve(CERTIFICATES)))
			.value();
		Path kept = this.directory.resolve("runtime-" + this.architecture + "-" + id);
		AtomicDirectory runtime = new AtomicDirectory(kept);
		if (!runtime.isWhole()) {
			Path fresh = this.directory.resolve("fresh-runtime");
			Directories.delete(fresh);
			Files.createDirectories(this.directory);
			link(fresh);
			runtime.replaceBy(fresh);
		}
		return runtime.path();
	}

	private void link(Path target) throws IOException {
		List<String> line = new ArrayList<>(List.of(ownJdk().resolve("bin/jlink").toString(), "--add-modules",
				String.join(",", MODULES), "--output", target.toString()));
		line.addAll(OPTIONS);
		Path modules = this.jdk.resolve("jmods");
		if (Files.isDirectory(modules)) {
			line.addAll(List.of("--module-path", modules.toString()));
		}
		Tool.run("linking a Java runtime", line, LINKING_TAKES_AT_MOST);
		for (Path program : Directories.list(target.resolve("bin"))) {
			if (!program.endsWith("java")) {
				Files.delete(program);
			}
		}
		for (String library : OF_DESKTOPS) {
			Files.deleteIfExists(target.resolve("lib").resolve(library));
		}
		fixTimes(target);
	}

	private static void fixTimes(Path directory) throws IOException {
		for (Path file : FixedTime.files(directory)) {
			FixedTime.set(file);
		}
	}

	/** Whether a file of the runtime is executed. */
	static boolean isExecutable(Path file) {
		return file.endsWith("bin/java") || file.endsWith("lib/jspawnhelper");
	}

}
