package io.microplatform.instance.logging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the log lines that an instance writes to a file or to the console.
 */
@ExtendWith(OutputCaptureExtension.class)
class LogFileTests {

	private static final Logger logger = LoggerFactory.getLogger("io.microplatform.test");

	/** Spring Boot passes the settings to Logback as system properties. */
	private final Properties properties = (Properties) System.getProperties().clone();

	@AfterEach
	void restoreProperties() {
		System.setProperties(this.properties);
	}

	@Test
	void aLineHasTheFieldNamesOfEcs(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("order-service-1.log");
		try (ConfigurableApplicationContext _ = start("--logging.file.name=" + file, "--platform.release=7",
				"--platform.instance=order-service-1")) {
			log();
		}
		assertLine(line(Files.readAllLines(file)), "order-service-1");
	}

	@Test
	void theStackTraceIsInTheSameLineAndLimited(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("order-service-1.log");
		try (ConfigurableApplicationContext _ = start("--logging.file.name=" + file)) {
			logger.error("of the test", new IllegalStateException("wraps it".repeat(5_000),
					new IllegalArgumentException("the root cause")));
		}
		JsonNode error = line(Files.readAllLines(file)).path("error");
		assertThat(error.path("type").asString()).isEqualTo("java.lang.IllegalStateException");
		assertThat(error.path("stack_trace").asString()).contains("the root cause").hasSizeLessThan(17_000);
	}

	@Test
	void writesTheSameLinesToTheConsoleWithoutAFile(CapturedOutput output) {
		try (ConfigurableApplicationContext _ = start("--platform.release=7")) {
			log();
		}
		assertLine(line(output.getOut().lines().toList()), "order-service");
	}

	private static void assertLine(JsonNode line, String instance) {
		assertThat(line.path("@timestamp").asString()).isNotEmpty();
		assertThat(line.path("log").path("level").asString()).isEqualTo("WARN");
		assertThat(line.path("log").path("logger").asString()).isEqualTo("io.microplatform.test");
		assertThat(line.path("service").path("name").asString()).isEqualTo("order-service");
		assertThat(line.path("service").path("version").asString()).isEqualTo("7");
		assertThat(line.path("service").path("node").path("name").asString()).isEqualTo(instance);
		assertThat(line.path("trace.id").asString()).isEqualTo("a");
		assertThat(line.path("span.id").asString()).isEqualTo("b");
		assertThat(line.path("order.id").asString()).isEqualTo("1");
		assertThat(line.path("user.id").asString()).isEqualTo("2");
		assertThat(line.path("event").path("action").asString()).isEqualTo("order-placed");
		assertThat(line.has("traceId")).isFalse();
	}

	private static void log() {
		try (MDC.MDCCloseable _ = MDC.putCloseable("traceId", "a");
				MDC.MDCCloseable _ = MDC.putCloseable("spanId", "b");
				MDC.MDCCloseable _ = MDC.putCloseable("orderId", "1");
				MDC.MDCCloseable _ = MDC.putCloseable("userId", "2")) {
			logger.atWarn().addKeyValue("event.action", "order-placed").log("of the test");
		}
	}

	private static JsonNode line(List<String> lines) {
		return JsonMapper.shared()
			.readTree(lines.stream().filter((line) -> line.contains("of the test")).findFirst().orElseThrow());
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(Nothing.class).web(WebApplicationType.NONE)
			.properties("spring.config.import=classpath:instance-defaults.yml", "spring.application.name=order-service",
					"spring.cloud.config.enabled=false")
			.run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

}
