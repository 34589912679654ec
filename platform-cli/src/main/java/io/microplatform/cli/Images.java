package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

import io.microplatform.image.BillsOfMaterials;
import io.microplatform.image.BuiltImage;
import io.microplatform.image.ImageBuild;
import io.microplatform.image.ImageProgram;
import io.microplatform.image.ImageSettings;
import io.microplatform.local.file.AtomicFile;

/**
 * Builds the images of the services, without a Docker daemon.
 */
@Command(name = "images", header = "OCI images of the services, without a Docker daemon", description = """
		Builds images of the given services, by default of all services, of admin-server and of store-setup, which
		prepares the stores. Writes an archive of each image (SERVICE.tar), its bill of materials (SERVICE.cdx.json)
		and a list of the images (images.json). The same sources result in the same digests. Services are trained for
		their ahead-of-time caches beside the running platform, once for each build; if nothing is running, it is
		started and stopped again.""", footerHeading = "%nEnvironment variables:%n", footer = """
		PLATFORM_VERSION            tag and version of the images, unless --tag is given
		PLATFORM_IMAGE_BASE         base image, unless --base is given
		PLATFORM_REVISION           commit for the labels of the images
		PLATFORM_SOURCE             URL of the repository for the labels
		PLATFORM_REGISTRY_USERNAME  credentials for --push, with PLATFORM_REGISTRY_PASSWORD; otherwise those in Docker's
		                            config.json""")
final class Images implements Action {

	/** In the state directory. */
	static final String DIRECTORY = "images";

	private static final String TAG = "[A-Za-z0-9_][A-Za-z0-9._-]{0,127}";

	private static final String REGISTRY = "[A-Za-z0-9][A-Za-z0-9.-]*(:\\d+)?(/[a-z0-9._-]+)*";

	private static final long MIB = 1024 * 1024;

	private final Context context;

	@Option(names = "--tag", paramLabel = "TAG", description = "tag of the images (latest)")
	private @Nullable String tag;

	@Option(names = "--base", paramLabel = "IMAGE",
			description = "base image, or tar:FILE for one in an archive as of docker save ("
					+ ImageSettings.DEFAULT_BASE + ")")
	private @Nullable String base;

	@Option(names = "--runtime", paramLabel = "SOURCE",
			description = "jlink (default): the images contain a Java runtime made from this JDK; base: they run on the"
					+ " Java 25 of the base image, without ahead-of-time caches")
	private Source runtime = Source.jlink;

	@Option(names = "--arch", paramLabel = "ARCH", description = "amd64 (default) or arm64")
	private String architecture = ImageSettings.DEFAULT_ARCHITECTURE;

	@Option(names = "--jdk", paramLabel = "DIR",
			description = "JDK 25 for Linux and that architecture, if it is not that of this machine; needs jmods")
	private @Nullable Path jdk;

	@Option(names = "--no-aot", description = "no ahead-of-time caches: smaller images, which start slower")
	private boolean untrained;

	@ArgGroup
	private @Nullable Destination destination;

	@Parameters(paramLabel = "SERVICE", arity = "0..*", description = "name of a service, admin-server or store-setup")
	private List<String> services = List.of();

	@Spec
	private CommandSpec spec;

	Images(Context context) {
		this.context = context;
	}

	@Override
	public void run() throws IOException, CommandFailedException {
		Path directory = this.context.state().root().resolve(DIRECTORY).toAbsolutePath();
		ImageSettings settings = settings(directory);
		String registry = registry();
		ImagePrograms programs = new ImagePrograms(this.context, directory.resolve("apps"));
		List<String> names = names(programs);
		this.context.state().create();
		try (PlatformLock _ = PlatformLock.take(this.context, Files.createDirectories(directory))) {
			build(settings, registry, programs, names);
		}
	}

	private void build(ImageSettings settings, String registry, ImagePrograms programs, List<String> names)
			throws IOException, CommandFailedException {
		ImageBuild build = new ImageBuild(settings, this.context.root(), programs(programs, names));
		train(build);
		Path target = target();
		List<BuiltImage> images = new ArrayList<>();
		for (String name : names) {
			BuiltImage image = registry.isEmpty() ? build.write(name, target) : build.push(name, registry);
			images.add(image);
			Long size = image.size();
			this.context.out()
				.println("✓ %s %s%s".formatted(image.reference(), image.digest(),
						(size != null) ? String.format(Locale.ROOT, ", %d MiB", size / MIB) : ""));
		}
		new BillsOfMaterials(this.context.root(), this.context.environment()).write(modules(names), target);
		new AtomicFile(target.resolve("images.json"))
			.write(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(images) + "\n");
		this.context.out().println("archives, bills of materials and images.json are in " + target);
	}

	private ImageSettings settings(Path directory) {
		String chosenTag = choice(this.tag, "PLATFORM_VERSION", "latest");
		require(chosenTag.matches(TAG), "--tag", chosenTag, "letters, digits, '.', '_' and '-', at most 128");
		require(this.architecture.equals("amd64") || this.architecture.equals("arm64"), "--arch", this.architecture,
				"amd64 or arm64");
		String chosenBase = choice(this.base, "PLATFORM_IMAGE_BASE", ImageSettings.DEFAULT_BASE);
		require(this.runtime == Source.jlink || !chosenBase.equals(ImageSettings.DEFAULT_BASE), "--runtime", "base",
				"used with --base IMAGE, an image with Java 25");
		return new ImageSettings(directory, chosenBase, this.runtime == Source.base, this.architecture, this.jdk,
				!this.untrained, chosenTag, this.context.environment());
	}

	private String choice(@Nullable String option, String variable, String usual) {
		if (option != null) {
			return option;
		}
		String value = this.context.environment().getOrDefault(variable, "");
		return value.isBlank() ? usual : value;
	}

	private void require(boolean condition, String option, String value, String rule) {
		if (!condition) {
			throw new ParameterException(this.spec.commandLine(),
					"invalid value '%s' for option '%s': must be %s".formatted(value, option, rule));
		}
	}

	/** Returns the registry; empty if archives are written. */
	private String registry() {
		String registry = (this.destination != null) ? this.destination.registry : null;
		if (registry == null) {
			return "";
		}
		require(registry.matches(REGISTRY), "--push", registry, "HOST[:PORT][/PATH]");
		return registry;
	}

	private Path target() {
		Path directory = (this.destination != null) ? this.destination.directory : null;
		return ((directory != null) ? directory : this.context.root().resolve("target").resolve(DIRECTORY))
			.toAbsolutePath();
	}

	private List<String> names(ImagePrograms programs) throws IOException, CommandFailedException {
		List<String> all = programs.names();
		for (String service : this.services) {
			if (!all.contains(service)) {
				throw CommandFailedException.notUnderstood(
						"invalid service '%s': must be one of %s".formatted(service, String.join(", ", all)));
			}
		}
		return this.services.isEmpty() ? all : this.services.stream().distinct().toList();
	}

	private static List<ImageProgram> programs(ImagePrograms programs, List<String> names) throws IOException {
		List<ImageProgram> found = new ArrayList<>();
		for (String name : names) {
			found.add(programs.program(name));
		}
		return found;
	}

	/** Returns the module of each program, for its bill of materials. */
	private static Map<String, String> modules(List<String> names) {
		Map<String, String> modules = new LinkedHashMap<>();
		names.forEach((name) -> modules.put(name, ImagePrograms.module(name)));
		return modules;
	}

	/** A platform that runs is used as it is, and one that was started is stopped. */
	private void train(ImageBuild build) throws IOException, CommandFailedException {
		List<String> names = build.untrained();
		if (names.isEmpty()) {
			return;
		}
		boolean runs = this.context.records().all().stream().anyMatch((entry) -> entry.process().isPresent());
		if (!runs) {
			new Up(this.context).run();
		}
		try {
			List<ServiceProcess> processes = LivePlatform.of(this.context).fleet().services().toList();
			for (String name : names) {
				ServiceProcess service = processes.stream()
					.filter((process) -> process.instance().name().equals(name))
					.findFirst()
					.orElseThrow();
				build.train(name, service.trainingEnvironment());
				this.context.out().println("✓ %s trained".formatted(name));
			}
		}
		finally {
			if (!runs) {
				new Down(this.context).run();
			}
		}
	}

	/** The source of the Java runtime, as it is typed. */
	enum Source {

		jlink, base

	}

	/** The destination of the images. */
	static final class Destination {

		@Option(names = "--to", paramLabel = "DIR", description = "directory of the archives (target/images)")
		private @Nullable Path directory;

		@Option(names = "--push", paramLabel = "REGISTRY",
				description = "pushes the images to HOST[:PORT][/PATH] instead; the lists are in target/images")
		private @Nullable String registry;

	}

}
