package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.microplatform.cli.ObservabilityProgram.Part;
import io.microplatform.launcher.MavenProgram;
import io.microplatform.local.file.AtomicDirectory;
import io.microplatform.local.file.Directories;
import io.microplatform.local.process.Command;
import io.microplatform.local.process.Tool;
import io.microplatform.local.server.StateDirectory;

/**
 * The jars of a program, which Maven downloads once as defined in
 * {@code observability/pom.xml}. A copy of that file is stored with the jars. When the
 * file changes, the next {@code --with} downloads them again.
 *
 * @param context the environment of the command
 * @param name the name of the program's directory
 * @param part the part that needs it, whose name is that of the Maven profile
 */
record ProgramDownload(Context context, String name, Part part) {

	private static final Duration TAKES_AT_MOST = Duration.ofMinutes(15);

	private static final int ERROR_LINES = 10;

	private static final String POM = "pom.xml";

	/** Returns the download of a program; empty if it needs none. */
	static Optional<ProgramDownload> of(ObservabilityProgram program, Context context) {
		return switch (program) {
			case ZIPKIN -> Optional.of(new ProgramDownload(context, "zipkin", Part.ZIPKIN));
			case ELASTICSEARCH -> Optional.of(new ProgramDownload(context, "opensearch", Part.ELK));
			default -> Optional.empty();
		};
	}

	Path directory() {
		return this.context.state().programs().resolve(this.name).toAbsolutePath();
	}

	/** The program itself, if it is one jar. */
	Path jar() throws IOException {
		return Directories.list(directory())
			.stream()
			.filter((file) -> file.toString().endsWith(".jar"))
			.findFirst()
			.orElseThrow(() -> new IOException("no jar in " + directory()));
	}

	/** Returns whether all files are present. */
	boolean isComplete() throws IOException {
		return new AtomicDirectory(directory()).isWhole();
	}

	private boolean isCurrent() throws IOException {
		return isComplete() && Files.exists(directory().resolve(POM))
				&& Files.mismatch(pom(), directory().resolve(POM)) < 0;
	}

	private Path pom() {
		return this.context.root().resolve(ObservabilityFiles.DIRECTORY).resolve(POM);
	}

	/**
	 * Downloads the program unless it is present.
	 * @throws CommandFailedException if Maven is missing or fails, with its first errors
	 */
	void run() throws IOException, CommandFailedException {
		if (isCurrent()) {
			return;
		}
		Path maven = MavenProgram.find(this.context.environment().getOrDefault("PATH", ""))
			.orElseThrow(() -> new CommandFailedException(MavenProgram.MISSING));
		this.context.out().println("downloading %s, which takes a few minutes the first time".formatted(this.name));
		StateDirectory.createOwnerOnly(this.context.state().programs());
		// Next to the target, so that the download is moved there as a whole.
		Path fresh = Files.createTempDirectory(this.context.state().programs(), "download");
		try {
			download(maven, fresh);
			Files.copy(pom(), fresh.resolve(this.name).resolve(POM));
			Directories.delete(directory());
			new AtomicDirectory(directory()).replaceBy(fresh.resolve(this.name));
		}
		finally {
			Directories.delete(fresh);
		}
	}

	private void download(Path maven, Path target) throws CommandFailedException {
		List<String> line = List.of(maven.toString(), "-B", "-q", "-Dstyle.color=never", "-f", pom().toString(), "-P",
				this.part.toString(), "-Dplatform.programs=" + target.toAbsolutePath(), "generate-resources");
		Map<String, String> environment = new HashMap<>(this.context.environment());
		MavenProgram.prepare(environment);
		try {
			Tool.run("Maven", new Command(line, environment, this.context.root()), TAKES_AT_MOST);
		}
		catch (IOException ex) {
			throw new CommandFailedException("--with %s: %s could not be downloaded:".formatted(this.part, this.name),
					String.valueOf(ex.getMessage()).lines().limit(ERROR_LINES).toList());
		}
	}

}
