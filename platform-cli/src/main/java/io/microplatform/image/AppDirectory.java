package io.microplatform.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import io.microplatform.local.file.Directories;

/**
 * The directory {@code /app} of an image, laid out on this machine. The same jars result
 * in the same bytes and times, so a training run in it makes a cache for the image.
 *
 * @param program the program
 * @param path the directory
 */
record AppDirectory(ImageProgram program, Path path) {

	/** Its path in images. */
	static final String IN_IMAGE = "/app";

	/** The jar of the health probe. */
	static final String PROBE = "probe.jar";

	private static final String LIBRARIES = "lib";

	private static final String STARTER = "instance-starter-";

	private static final String PROBE_CLASS = "io/microplatform/instance/probe/Probe";

	/**
	 * Lays out a program. The name of its directory is a hash of its files: Jib takes a
	 * layer that it has made before for files with the same paths and times, and the
	 * times are always the same.
	 * @param directory the directory of all programs; that of this one is replaced
	 * @param architecture the architecture of the image: {@code amd64} or {@code arm64}
	 */
	static AppDirectory of(ImageProgram program, Path directory, String architecture) throws IOException {
		Path all = directory.resolve(program.name());
		Directories.delete(all);
		Path app = all.resolve("fresh");
		Files.createDirectories(app.resolve(LIBRARIES));
		ImageJar.copy(program.jar(), app.resolve(program.name() + ".jar"), architecture);
		for (Path library : program.libraries()) {
			Path name = library.getFileName();
			ImageJar.copy(library, app.resolve(LIBRARIES).resolve(String.valueOf(name)), architecture);
			if (String.valueOf(name).startsWith(STARTER)) {
				writeProbe(library, app.resolve(PROBE));
			}
		}
		for (Map.Entry<String, Path> file : program.files().entrySet()) {
			Path target = app.resolve(file.getKey());
			Files.createDirectories(target.resolveSibling(""));
			Files.copy(file.getValue(), target);
		}
		for (Path file : FixedTime.files(app)) {
			FixedTime.set(file);
		}
		Path named = all.resolve(new Fingerprint().add(app, FixedTime.files(app)).value());
		return new AppDirectory(program, Files.move(app, named));
	}

	/** A jar with one class is opened faster than the starter with hundreds. */
	private static void writeProbe(Path starter, Path target) throws IOException {
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, PROBE_CLASS.replace('/', '.'));
		try (ZipFile jar = new ZipFile(starter.toFile());
				OutputStream file = Files.newOutputStream(target);
				ZipOutputStream probe = new ZipOutputStream(file)) {
			ByteArrayOutputStream main = new ByteArrayOutputStream();
			manifest.write(main);
			ImageJar.put(probe, "META-INF/MANIFEST.MF", main.toByteArray());
			ZipEntry entry = jar.getEntry(PROBE_CLASS + ".class");
			if (entry == null) {
				throw new IOException(starter + " does not contain the health probe: build it anew with"
						+ " `mvn package -DskipTests`");
			}
			try (InputStream content = jar.getInputStream(entry)) {
				ImageJar.put(probe, entry.getName(), content.readAllBytes());
			}
		}
	}

	/** Returns the jars of other projects. */
	List<Path> dependencies() throws IOException {
		return libraries().stream().filter((library) -> !isOfThisProject(library)).toList();
	}

	/** Returns the jars of this project, which change with it. */
	List<Path> platform() throws IOException {
		return FixedTime.files(this.path)
			.stream()
			.filter((file) -> file.endsWith(PROBE)
					|| (file.startsWith(this.path.resolve(LIBRARIES)) && isOfThisProject(file)))
			.toList();
	}

	/** Returns the program's jar, and its other files. */
	List<Path> application() throws IOException {
		return FixedTime.files(this.path)
			.stream()
			.filter((file) -> !file.endsWith(PROBE) && !file.startsWith(this.path.resolve(LIBRARIES)))
			.toList();
	}

	private List<Path> libraries() throws IOException {
		return FixedTime.files(this.path.resolve(LIBRARIES));
	}

	private static boolean isOfThisProject(Path library) {
		try (ZipFile jar = new ZipFile(library.toFile())) {
			return jar.stream().anyMatch((entry) -> entry.getName().startsWith("io/microplatform/"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the arguments of the JVM that follow its options, for this directory as its
	 * working directory. With absolute paths, the classes of an ahead-of-time cache would
	 * name the jars of the build machine as their source, which is null elsewhere.
	 */
	List<String> arguments() {
		String jar = this.program.name() + ".jar";
		ImageProgram.Main main = this.program.main();
		if (main == null) {
			return List.of("-jar", jar);
		}
		List<String> line = new ArrayList<>(main.options());
		line.addAll(List.of("-cp", jar + ":" + LIBRARIES + "/*", main.className()));
		return line;
	}

	/** Returns all files, in the order of their names. */
	List<Path> files() throws IOException {
		return FixedTime.files(this.path);
	}

}
