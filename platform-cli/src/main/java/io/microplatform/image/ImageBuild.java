package io.microplatform.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import io.microplatform.local.process.Jvm;
import io.microplatform.local.file.Directories;
import org.jspecify.annotations.Nullable;

/**
 * Builds the images of several programs without a Docker daemon. An image consists of the
 * base image and a layer for each kind of file, those that change least first. The same
 * files result in the same digest. Not thread-safe.
 */
public final class ImageBuild {

	/** The repository of images that are not pushed. */
	private static final String REPOSITORY = "microplatform";

	private static final String TAR = "tar:";

	/** The user {@code nonroot} of distroless images. */
	private static final String USER = "65532:65532";

	/** The size of the kept layers beyond which all of them are made again. */
	private static final long MAX_LAYERS = 5L << 30;

	private static final FilePermissions READ = FilePermissions.fromOctalString("644");

	private static final FilePermissions EXECUTE = FilePermissions.fromOctalString("755");

	private final ImageSettings settings;

	private final ProjectInfo project;

	private final @Nullable JavaRuntime runtime;

	private final List<AppDirectory> apps = new ArrayList<>();

	private final Map<String, TrainedCache> caches = new HashMap<>();

	/**
	 * Makes the runtime if necessary, and lays out the programs.
	 * @param settings the choices for all images
	 * @param root the checkout
	 * @param programs the programs, each with a name of its own
	 * @throws IOException if there is no suitable JDK, or a file is missing
	 */
	public ImageBuild(ImageSettings settings, Path root, List<ImageProgram> programs) throws IOException {
		this.settings = settings;
		this.project = ProjectInfo.of(root);
		requireBase();
		discardManyLayers();
		this.runtime = settings.bringsJava() ? null
				: new JavaRuntime(settings.directory(), settings.architecture(), settings.jdk());
		boolean trains = this.runtime != null && settings.isTrained() && JavaRuntime.runsHere(settings.architecture());
		for (ImageProgram program : programs) {
			AppDirectory app = AppDirectory.of(program, settings.directory().resolve("staging"),
					settings.architecture());
			this.apps.add(app);
			if (trains && program.isTrained()) {
				this.caches.put(program.name(), new TrainedCache(settings.directory().resolve("aot"), app,
						Objects.requireNonNull(this.runtime).directory()));
			}
		}
	}

	private void requireBase() throws IOException {
		String base = this.settings.base();
		if (base.startsWith(TAR) && !Files.isRegularFile(baseTar())) {
			throw new IOException("%s is not a file: deploy/base-from-debian.sh makes one".formatted(baseTar()));
		}
	}

	/** Jib keeps each layer that it has ever made. */
	private void discardManyLayers() throws IOException {
		long size = 0;
		if (Files.isDirectory(keptLayers())) {
			for (Path file : FixedTime.files(keptLayers())) {
				size += Files.size(file);
			}
		}
		if (size > MAX_LAYERS) {
			Directories.delete(keptLayers());
		}
	}

	private Path keptLayers() {
		return this.settings.directory().resolve("layers");
	}

	private Path baseTar() {
		return Path.of(this.settings.base().substring(TAR.length()));
	}

	/** Returns the names of the programs whose ahead-of-time caches are missing. */
	public List<String> untrained() {
		return this.apps.stream()
			.map((app) -> app.program().name())
			.filter((name) -> this.caches.containsKey(name) && !cache(name).exists())
			.toList();
	}

	/**
	 * Makes the ahead-of-time cache of a program.
	 * @param name the name of the program
	 * @param environment the environment of the service beside a running platform
	 * @throws IOException if the training run fails, with its output
	 */
	public void train(String name, Map<String, String> environment) throws IOException {
		cache(name).train(environment);
	}

	private TrainedCache cache(String name) {
		return Objects.requireNonNull(this.caches.get(name), name);
	}

	/**
	 * Writes the archive of an image, in the format of OCI.
	 * @param name the name of the program
	 * @param directory the directory of the archive, which is called {@code NAME.tar}
	 * @return the image
	 * @throws IOException if the base image cannot be read or pulled, or the archive
	 * cannot be written
	 */
	public BuiltImage write(String name, Path directory) throws IOException {
		String reference = REPOSITORY + "/" + name + ":" + this.settings.tag();
		Path fresh = directory.resolve(name + ".tar.part");
		Path archive = directory.resolve(name + ".tar");
		Files.createDirectories(directory);
		Files.deleteIfExists(fresh);
		String digest = build(name, reference, () -> Containerizer.to(TarImage.at(fresh).named(reference)));
		Files.move(fresh, archive, StandardCopyOption.REPLACE_EXISTING);
		return built(name, reference, digest, Files.size(archive));
	}

	/**
	 * Pushes an image to a registry.
	 * @param name the name of the program
	 * @param registry the registry, with the beginning of the repository's name if it has
	 * one
	 * @return the image
	 * @throws IOException if the base image cannot be read or pulled, or the registry
	 * refuses the image
	 */
	public BuiltImage push(String name, String registry) throws IOException {
		String reference = registry + "/" + name + ":" + this.settings.tag();
		Registries registries = new Registries(this.settings.environment());
		return built(name, reference, build(name, reference, () -> registries.pushed(reference)), null);
	}

	private BuiltImage built(String name, String reference, String digest, @Nullable Long size) {
		return new BuiltImage(name, reference, digest, size, this.settings.base(),
				(this.runtime != null) ? this.runtime.version() : "base", this.settings.architecture(),
				this.caches.containsKey(name));
	}

	/** Returns the digest. */
	private String build(String name, String reference, Target target) throws IOException {
		try {
			// Layers are kept beside the caches from which they are made.
			Containerizer containerizer = target.create()
				.setBaseImageLayersCache(keptLayers())
				.setApplicationLayersCache(keptLayers())
				.setToolName("platform");
			JibContainer container = image(app(name)).containerize(containerizer);
			return container.getDigest().toString();
		}
		catch (InvalidImageReferenceException ex) {
			throw new IOException("invalid name of an image: " + ex.getMessage(), ex);
		}
		catch (RegistryException | CacheDirectoryCreationException ex) {
			throw new IOException("building %s failed: %s".formatted(reference, ex.getMessage()), ex);
		}
		catch (ExecutionException ex) {
			Throwable cause = Objects.requireNonNullElse(ex.getCause(), ex);
			throw new IOException("building %s failed: %s".formatted(reference,
					Objects.requireNonNullElse(cause.getMessage(), cause.toString())), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
	}

	private AppDirectory app(String name) {
		return this.apps.stream().filter((app) -> app.program().name().equals(name)).findFirst().orElseThrow();
	}

	private JibContainerBuilder image(AppDirectory app) throws IOException, InvalidImageReferenceException {
		ImageProgram program = app.program();
		ImageProgram.Main main = program.main();
		return base().setFormat(ImageFormat.OCI)
			.setPlatforms(Set.of(new Platform(this.settings.architecture(), "linux")))
			.setCreationTime(this.project.created())
			.setUser(USER)
			.setWorkingDirectory(AbsoluteUnixPath.get(AppDirectory.IN_IMAGE))
			.setEnvironment(environment(program))
			.setExposedPorts(program.ports().stream().map(Port::tcp).collect(Collectors.toSet()))
			.setLabels(this.project.labels(program.name(), this.settings.environment()))
			.setEntrypoint(entryPoint(app))
			.setProgramArguments((main != null) ? main.arguments() : List.of())
			.setFileEntriesLayers(layers(app));
	}

	private JibContainerBuilder base() throws InvalidImageReferenceException {
		String base = this.settings.base();
		return base.startsWith(TAR) ? Jib.from(TarImage.at(baseTar())) : Jib.from(Registries.pulled(base));
	}

	private Map<String, String> environment(ImageProgram program) {
		Map<String, String> environment = new LinkedHashMap<>(program.environment());
		// By default, glibc keeps up to eight arenas per core, and each grows on its own.
		environment.put("MALLOC_ARENA_MAX", "2");
		if (this.runtime != null) {
			environment.put("JAVA_HOME", JavaRuntime.HOME);
			environment.put("PATH", JavaRuntime.HOME + "/bin");
		}
		return environment;
	}

	private List<String> entryPoint(AppDirectory app) {
		List<String> line = new ArrayList<>(List.of((this.runtime != null) ? JavaRuntime.HOME + "/bin/java" : "java"));
		line.addAll(Jvm.containerFlags());
		String name = app.program().name();
		if (this.caches.containsKey(name)) {
			line.add("-XX:AOTCache=" + AppDirectory.IN_IMAGE + "/" + cache(name).name());
		}
		line.addAll(app.arguments());
		return line;
	}

	private List<FileEntriesLayer> layers(AppDirectory app) throws IOException {
		List<FileEntriesLayer> layers = new ArrayList<>();
		if (this.runtime != null) {
			Path directory = this.runtime.directory();
			layers.add(layer("runtime", JavaRuntime.HOME, directory, FixedTime.files(directory)));
		}
		layers.add(layer("dependencies", AppDirectory.IN_IMAGE, app.path(), app.dependencies()));
		layers.add(layer("platform", AppDirectory.IN_IMAGE, app.path(), app.platform()));
		layers.add(layer("application", AppDirectory.IN_IMAGE, app.path(), app.application()));
		layers.add(directories(app));
		String name = app.program().name();
		if (this.caches.containsKey(name)) {
			TrainedCache cache = cache(name);
			layers.add(FileEntriesLayer.builder()
				.setName("cache")
				.addEntry(cache.file(), AbsoluteUnixPath.get(AppDirectory.IN_IMAGE + "/" + cache.name()), READ,
						FixedTime.INSTANT)
				.build());
		}
		return layers.stream().filter((layer) -> !layer.getEntries().isEmpty()).toList();
	}

	/** Any directory of this machine stands for an empty one. */
	private static FileEntriesLayer directories(AppDirectory app) {
		FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("directories");
		for (String directory : app.program().directories()) {
			layer
				.addEntry(new FileEntry(app.path(), AbsoluteUnixPath.get(directory), EXECUTE, FixedTime.INSTANT, USER));
		}
		return layer.build();
	}

	private static FileEntriesLayer layer(String name, String target, Path directory, List<Path> files) {
		FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
		for (Path file : files) {
			layer.addEntry(file, AbsoluteUnixPath.get(target + "/" + directory.relativize(file)),
					JavaRuntime.isExecutable(file) ? EXECUTE : READ, FixedTime.INSTANT);
		}
		return layer.build();
	}

	/** The destination of an image. */
	private interface Target {

		Containerizer create() throws InvalidImageReferenceException;

	}

}
