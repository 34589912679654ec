package io.microplatform.starter.app;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Services that leave a part of what the starter brings out of their class path, as
 * exclusions in a POM do, each in a process of its own: they start without it and without
 * its properties.
 */
class PartialServiceTests {

	private static final Pattern STORES = Pattern
		.compile(".*(jdbc|spring-data-|spring-boot-(data|sql|transaction)|spring-tx|flyway|postgresql|HikariCP"
				+ "|redis|lettuce).*");

	private static final Pattern MESSAGES = Pattern
		.compile(".*(kafka|spring-cloud-(stream|function)|integration|spring-messaging).*");

	private static final Pattern WEB = Pattern.compile(".*(tomcat|webmvc|spring-boot-(servlet|web-server)).*");

	@TempDir
	private Path directory;

	@Test
	void aServiceWithoutStoresAndMessagesStarts() throws Exception {
		assertThat(startedWithout(STORES, MESSAGES)).containsExactly("Clock", "ProblemWriter", "SecurityFilterChain");
	}

	@Test
	void aServiceWithoutAWebServerStarts() throws Exception {
		assertThat(startedWithout(STORES, MESSAGES, WEB)).containsExactly("Clock");
	}

	private List<String> startedWithout(Pattern... jars) throws Exception {
		Path output = this.directory.resolve("output");
		Process service = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp", classPathWithout(jars),
				PartialService.class.getName(), "--server.port=0", "--management.server.port=0",
				"--spring.cloud.config.enabled=false", "--eureka.client.enabled=false",
				"--platform.config.import=file:" + System.getProperty("platform.root") + "/config-repo/application.yml")
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			boolean ended = service.waitFor(2, TimeUnit.MINUTES);
			assertThat(ended && service.exitValue() == 0).as(Files.readString(output)).isTrue();
			return Files.readAllLines(output)
				.stream()
				.filter((line) -> line.startsWith(PartialService.HAS))
				.map((line) -> line.substring(PartialService.HAS.length()))
				.toList();
		}
		finally {
			service.destroyForcibly();
		}
	}

	private static String classPathWithout(Pattern... jars) {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> Stream.of(jars)
				.noneMatch((pattern) -> pattern.matcher(Path.of(entry).getFileName().toString()).matches()))
			.collect(Collectors.joining(File.pathSeparator));
	}

}
