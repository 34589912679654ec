package io.microplatform.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.microplatform.launcher.MavenProgram;
import io.microplatform.local.process.Command;
import io.microplatform.local.process.Tool;

/**
 * The bills of materials of images, in the format of CycloneDX. Maven knows the
 * components, so its plugin writes the files.
 *
 * @param root the checkout
 * @param environment the environment variables of the user
 * @see <a href="https://cyclonedx.org/">CycloneDX</a>
 */
public record BillsOfMaterials(Path root, Map<String, String> environment) {

	private static final String GOAL = "org.cyclonedx:cyclonedx-maven-plugin:makeBom";

	private static final String OUTPUT = "bom";

	private static final Pattern ERROR = Pattern.compile("(?m)^\\[ERROR\\] (.+)$");

	private static final Duration MAVEN_TAKES_AT_MOST = Duration.ofMinutes(10);

	/**
	 * Writes the bills of materials of several programs.
	 * @param modules the module of each program
	 * @param directory the directory of the files, which are called
	 * {@code PROGRAM.cdx.json}
	 * @throws IOException if Maven is missing or fails
	 */
	public void write(Map<String, String> modules, Path directory) throws IOException {
		if (MavenProgram.find(this.environment.getOrDefault("PATH", "")).isEmpty()) {
			throw new IOException(MavenProgram.MISSING);
		}
		run(modules.values().stream().distinct().toList());
		Files.createDirectories(directory);
		for (Map.Entry<String, String> module : modules.entrySet()) {
			Files.copy(this.root.resolve(module.getValue()).resolve("target").resolve(OUTPUT + ".json"),
					directory.resolve(module.getKey() + ".cdx.json"), StandardCopyOption.REPLACE_EXISTING);
		}
	}

	private void run(List<String> modules) throws IOException {
		List<String> line = new ArrayList<>(List.of("mvn", "-B", "-Dstyle.color=never"));
		// In this phase modules are resolved to their classes, which the build has left;
		// compiling them again is skipped.
		line.addAll(List.of("test-compile", GOAL, "-Dmaven.main.skip=true", "-Dmaven.test.skip=true",
				"-Dspring-javaformat.skip=true", "-DprojectType=application", "-DoutputFormat=json",
				"-DoutputName=" + OUTPUT, "-DincludeTestScope=false", "-DincludeBomSerialNumber=false",
				"-Dcyclonedx.skipAttach=true", "-Dcyclonedx.skipNotDeployed=false", "-pl", String.join(",", modules),
				"-am"));
		Map<String, String> variables = new HashMap<>(this.environment);
		MavenProgram.prepare(variables);
		try {
			Tool.run("mvn " + GOAL, new Command(line, variables, this.root), MAVEN_TAKES_AT_MOST);
		}
		catch (IOException ex) {
			throw new IOException(
					"the bills of materials cannot be made: " + ERROR.matcher(String.valueOf(ex.getMessage()))
						.results()
						.map((error) -> error.group(1))
						.findFirst()
						.orElse(String.valueOf(ex.getMessage())),
					ex);
		}
	}

}
