package io.microplatform.gateway;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SlowRequestTests extends GatewayTest {

	private static final Logger logger = (Logger) LoggerFactory.getLogger("io.microplatform.gateway.requests");

	private static ConfigurableApplicationContext impatient;

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	@BeforeAll
	static void startWithALowLimit() {
		impatient = start("--platform.requests.slow=300ms");
	}

	@AfterAll
	static void stop() {
		impatient.close();
	}

	@BeforeEach
	void listen() {
		this.lines.start();
		logger.addAppender(this.lines);
	}

	@AfterEach
	void stopListening() {
		logger.detachAppender(this.lines);
	}

	@Test
	void logsASlowRequestWithItsTraceButWithoutClientData() throws Exception {
		// The only instance hangs: the gateway gives up after a second.
		String answer = get("/users/hang?email=ann@example.org").toString();

		await().until(() -> !events().isEmpty());
		assertThat(events()).singleElement().satisfies((event) -> {
			assertThat(event.getLevel()).isEqualTo(Level.WARN);
			assertThat(event.getFormattedMessage()).isEqualTo("slow request");
			assertThat(values(event)).containsEntry("http.request.method", "GET")
				.containsEntry("http.route", "/users/**")
				.containsEntry("http.response.status_code", 504)
				.hasEntrySatisfying("event.duration",
						(duration) -> assertThat((Long) duration).isGreaterThan(300_000_000L))
				.hasSize(4);
			assertThat(answer).contains(event.getMDCPropertyMap().get("traceId"));
		});
	}

	@Test
	void doesNotLogFastRequestsOrThoseThatPreferToWait() throws Exception {
		get("/users/7");
		get("/users/hang", "Prefer: wait=10");
		get("/users/hang");

		await().until(() -> !events().isEmpty());
		assertThat(events()).hasSize(1);
	}

	private static RawClient.Answer get(String target, String... headers) throws Exception {
		String more = List.of(headers).stream().map((header) -> header + "\r\n").collect(Collectors.joining());
		return RawClient.exchange(impatient.getEnvironment().getRequiredProperty("local.server.port", Integer.class),
				"GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + more + "\r\n");
	}

	private List<ILoggingEvent> events() {
		return List.copyOf(this.lines.list);
	}

	private static Map<String, Object> values(ILoggingEvent event) {
		return event.getKeyValuePairs().stream().collect(Collectors.toMap((pair) -> pair.key, (pair) -> pair.value));
	}

}
