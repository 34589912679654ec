package io.microplatform.instance.configuration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.validation.Validation;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerConfiguration;
import org.springframework.boot.logging.LoggerGroups;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.cloud.config.client.ConfigClientProperties;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.validation.beanvalidation.SpringValidatorAdapter;

import static org.assertj.core.api.Assertions.assertThat;

class RunningConfigurationTests {

	private static final String LOGGER = "test.RunningConfigurationTests";

	private final Map<String, Map<String, Object>> versions = new ConcurrentHashMap<>();

	private final List<String> shown = new ArrayList<>();

	private final StandardEnvironment environment = new StandardEnvironment();

	/** What the shared file has, in all versions. */
	private final Map<String, Object> shared = new ConcurrentHashMap<>();

	private final Refreshable<Limits> limits = new Refreshable<>(new Limits(1, 5, "none"));

	private final Refreshable<Names> names = new Refreshable<>(new Names(List.of()));

	private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

	private volatile String published = "first";

	private volatile String requestedProfile = "none";

	private HttpServer server;

	private RunningConfiguration configuration;

	RunningConfigurationTests() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::answer);
		this.server.start();
		this.versions.put("first", Map.of("limits.least", 1, "limits.most", 5));
		this.environment.getPropertySources()
			.addLast(new MapPropertySource("configClient", Map.of("config.client.version", "first")));
		this.environment.getPropertySources()
			.addLast(new MapPropertySource("configserver:first", this.versions.getOrDefault("first", Map.of())));
		this.configuration = configuration("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	private RunningConfiguration configuration(String... servers) {
		ConfigClientProperties properties = new ConfigClientProperties(this.environment);
		properties.setUri(servers);
		properties.setName("test");
		properties.setUsername("platform");
		properties.setPassword("secret");
		properties.setRequestConnectTimeout(1000);
		properties.setRequestReadTimeout(1000);
		List<RefreshParticipant> parts = List.of(
				new RefreshableRecords(List.of(this.limits, this.names),
						new SpringValidatorAdapter(Validation.buildDefaultValidatorFactory().getValidator())),
				new LogLevels(this.logging, new LoggerGroups(), this.environment));
		return new RunningConfiguration(this.environment,
				new ConfigServerClient(properties, this.environment.getActiveProfiles()), parts,
				() -> KnownProperties.on(getClass().getClassLoader()), this.shown::add);
	}

	private void answer(HttpExchange exchange) throws IOException {
		String[] path = exchange.getRequestURI().getPath().split("/", -1);
		this.requestedProfile = path[2];
		String version = (path.length > 3) ? path[3] : this.published;
		@Nullable Map<String, Object> properties = this.versions.get(version);
		boolean isKnown = "Basic cGxhdGZvcm06c2VjcmV0".equals(exchange.getRequestHeaders().getFirst("Authorization"));
		int status = !isKnown ? 401 : (properties == null) ? 404 : 200;
		byte[] body = (status != 200) ? new byte[0]
				: JsonMapper.shared()
					.writeValueAsBytes(Map.of("name", "test", "profiles", List.of("default"), "version", version,
							"propertySources", List.of(Map.of("name", version, "source", properties),
									Map.of("name", version + "/shared", "source", this.shared))));
		exchange.getResponseHeaders().add("Content-Type", "application/json");
		exchange.sendResponseHeaders(status, (body.length > 0) ? body.length : -1);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	@BeforeEach
	void noLevel() {
		this.logging.setLogLevel(LOGGER, null);
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void aVersionIsAppliedCompletely() {
		publish("second", Map.of("limits.least", 2, "limits.most", 9, "logging.level." + LOGGER, "debug"));
		ConfigurationReport report = this.configuration.update();
		assertThat(report.result()).isEqualTo(ConfigurationReport.Result.TAKEN);
		assertThat(report.from()).isEqualTo("first");
		assertThat(report.to()).isEqualTo("second");
		assertThat(report.changed()).containsExactly("limits.least", "limits.most", "logging.level." + LOGGER);
		assertThat(this.limits.get()).isEqualTo(new Limits(2, 9, "none"));
		assertThat(level()).isEqualTo(LogLevel.DEBUG);
		assertThat(this.configuration.version()).isEqualTo("second");
		assertThat(this.shown).containsExactly("second");
	}

	@Test
	void keepsTheProfilesOfTheStart() {
		this.environment.setActiveProfiles("local", "tracing");
		this.configuration = configuration("http://127.0.0.1:" + this.server.getAddress().getPort());
		publish("second", Map.of("limits.least", 2, "limits.most", 9));
		assertThat(this.configuration.update().profiles()).containsExactlyInAnyOrder("local", "tracing");
		assertThat(this.requestedProfile).isEqualTo("local,tracing");
	}

	@Test
	void aDeletedPropertyReturnsToItsDefault() {
		publish("second", Map.of("limits.least", 2, "limits.name", "some", "logging.level." + LOGGER, "debug"));
		this.configuration.update();
		assertThat(this.limits.get()).isEqualTo(new Limits(2, 10, "some"));
		publish("third", Map.of("limits.least", 3));
		assertThat(this.configuration.update().changed()).containsExactly("limits.least", "limits.name",
				"logging.level." + LOGGER);
		assertThat(this.limits.get()).isEqualTo(new Limits(3, 10, "none"));
		assertThat(level()).isNull();
		assertThat(this.environment.containsProperty("limits.name")).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "limits.least, 0, limits.least, must be at least one", "limits.least, many, limits.least, many",
			"limits.least, 7, limits.in-order, most must not be below least",
			"logging.level.test.some, loud, logging.level.test.some, loud",
			"limits.name, ${not.there}, limits.name, not.there", "server.port, 81, server.port, needs a restart" })
	void anInvalidVersionChangesNothing(String property, String value, String named, String message) {
		Map<String, Object> properties = new HashMap<>(Map.of("limits.least", 2, "limits.most", 6));
		properties.put("logging.level." + LOGGER, "debug");
		properties.put(property, value);
		publish("second", properties);
		ConfigurationReport report = this.configuration.update();
		assertThat(report.result()).isEqualTo(ConfigurationReport.Result.REFUSED);
		assertThat(report.problems()).singleElement()
			.satisfies((problem) -> assertThat(problem.property()).isEqualTo(named),
					(problem) -> assertThat(problem.message()).contains(message));
		assertThat(this.limits.get()).isEqualTo(new Limits(1, 5, "none"));
		assertThat(level()).isNull();
		assertThat(this.configuration.version()).isEqualTo("first");
		assertThat(this.environment.getProperty("limits.least")).isEqualTo("1");
		assertThat(this.shown).isEmpty();
	}

	@Test
	void anUnknownPropertyMayChange() {
		publish("second", Map.of("limits.least", 1, "limits.most", 5, "another.application", "property"));
		ConfigurationReport report = this.configuration.update();
		assertThat(report.result()).isEqualTo(ConfigurationReport.Result.TAKEN);
		assertThat(report.changed()).containsExactly("another.application");
		assertThat(report.unknown()).contains("another.application");
	}

	@Test
	void aSourceOfHigherPrecedenceStillOverrides() {
		this.environment.getPropertySources().addFirst(new MapPropertySource("above", Map.of("limits.most", "7")));
		publish("second", Map.of("limits.least", 2, "limits.most", 9));
		ConfigurationReport report = this.configuration.update();
		assertThat(report.changed()).containsExactly("limits.least");
		assertThat(this.limits.get()).isEqualTo(new Limits(2, 7, "none"));
	}

	@Test
	void aListReplacesTheListOfTheSharedFile() {
		this.shared.putAll(Map.of("names.all[0]", "a", "names.all[1]", "b"));
		publish("second", Map.of("limits.least", 1, "limits.most", 5));
		this.configuration.update();
		assertThat(this.names.get().all()).containsExactly("a", "b");
		publish("third", Map.of("limits.least", 1, "limits.most", 5, "names.all[0]", "c"));
		this.configuration.update();
		assertThat(this.names.get().all()).containsExactly("c");
	}

	@Test
	void aValidationChangesNothing() {
		this.versions.put("second", Map.of("limits.least", 2));
		ConfigurationReport report = this.configuration.validate("second");
		assertThat(report.result()).isEqualTo(ConfigurationReport.Result.ACCEPTABLE);
		assertThat(report.changed()).containsExactly("limits.least", "limits.most");
		assertThat(this.limits.get()).isEqualTo(new Limits(1, 5, "none"));
		assertThat(this.configuration.version()).isEqualTo("first");
	}

	@Test
	void anUnknownVersionIsRefused() {
		ConfigurationReport report = this.configuration.validate("third");
		assertThat(report.result()).isEqualTo(ConfigurationReport.Result.REFUSED);
		assertThat(report.problems()).singleElement()
			.extracting(Problem::message)
			.isEqualTo("there is no version third");
	}

	@Test
	void applyingTheSameVersionAgainChangesNothing() {
		publish("second", Map.of("limits.least", 2));
		this.configuration.update();
		assertThat(this.configuration.update().result()).isEqualTo(ConfigurationReport.Result.UNCHANGED);
		assertThat(this.shown).containsExactly("second");
	}

	@Test
	void withoutAConfigServerNothingChanges() {
		this.server.stop(0);
		ConfigurationReport report = this.configuration.update();
		assertThat(report.result()).isEqualTo(ConfigurationReport.Result.REFUSED);
		assertThat(this.limits.get()).isEqualTo(new Limits(1, 5, "none"));
	}

	@Test
	void theNextConfigServerIsAsked() {
		this.configuration = configuration("http://127.0.0.1:1",
				"http://127.0.0.1:" + this.server.getAddress().getPort());
		publish("second", Map.of("limits.least", 2));
		assertThat(this.configuration.update().result()).isEqualTo(ConfigurationReport.Result.TAKEN);
	}

	private void publish(String version, Map<String, Object> properties) {
		this.versions.put(version, new LinkedHashMap<>(properties));
		this.published = version;
	}

	private @Nullable LogLevel level() {
		@Nullable LoggerConfiguration configured = this.logging.getLoggerConfiguration(LOGGER);
		return (configured != null) ? configured.getConfiguredLevel() : null;
	}

	/** A list. */
	@RefreshableProperties
	@ConfigurationProperties("names")
	record Names(@DefaultValue List<String> all) {
	}

	/**
	 * Properties with rules, of one and across two.
	 */
	@RefreshableProperties
	@ConfigurationProperties("limits")
	record Limits(@Min(value = 1, message = "must be at least one") int least, @DefaultValue("10") int most,
			@DefaultValue("none") String name) {

		@AssertTrue(message = "most must not be below least")
		boolean isInOrder() {
			return this.most >= this.least;
		}

	}

}
