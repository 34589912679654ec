package io.microplatform.starter.event;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;

import javax.sql.DataSource;

import brave.ScopedSpan;
import brave.Tracing;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that spans are delivered before their events are marked or acknowledged, and that
 * events do not wait for a server that hangs.
 */
class DeliveredSpansTests {

	/** A trace of the gateway. */
	private static final TraceContext SAMPLED = TraceContext.newBuilder().traceId(1).spanId(1).sampled(true).build();

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final long key = ThreadLocalRandom.current().nextLong(1L << 52);

	private final FreshDatabase database = FreshDatabase.create();

	private final List<String> early = new CopyOnWriteArrayList<>();

	private final List<String> late = new CopyOnWriteArrayList<>();

	private final AtomicReference<BooleanSupplier> isEarly = new AtomicReference<>(() -> true);

	private final HttpServer zipkin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

	DeliveredSpansTests() throws IOException {
		this.zipkin.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
	}

	@AfterEach
	void stop() {
		this.zipkin.stop(0);
	}

	@Test
	void aSpanIsDeliveredBeforeItsEventIsMarked() {
		this.zipkin.createContext("/", this::receive);
		this.zipkin.start();
		try (RunningService service = this.database.service(traced(Map.of()))) {
			this.isEarly.set(() -> service.isWaiting(this.key));
			service.commit(this.key, 1, 1);
			await().atMost(PATIENCE).until(() -> !service.isWaiting(this.key));
			assertThat(this.early).anySatisfy((spans) -> assertThat(spans).contains("publish test.counted"));
			assertThat(this.late).noneSatisfy((spans) -> assertThat(spans).contains("publish test.counted"));
		}
	}

	@Test
	void aSpanIsDeliveredBeforeItsEventIsAcknowledged() {
		this.zipkin.createContext("/", this::receive);
		this.zipkin.start();
		OwnTopic topic = OwnTopic.create();
		try (RunningService service = this.database.service(traced(topic.consumed()), CountingConsumer.class)) {
			topic.publish(OwnTopic.KEY, 1);
			await().atMost(PATIENCE).until(() -> topic.acknowledged() == 1);
			assertThat(this.early).anySatisfy((spans) -> assertThat(spans).contains("process test.counted"));
			assertThat(service.get(CountingConsumer.class).applied()).containsExactly(1L);
		}
	}

	@Test
	void duplicateEventsAreMarked() {
		this.zipkin.createContext("/", this::receive);
		this.zipkin.start();
		OwnTopic topic = OwnTopic.create();
		Map<String, String> headers = Map.of("ce_id", UUID.randomUUID().toString(), "ce_type", RunningService.TYPE,
				"ce_source", "/test");
		try (RunningService service = this.database.service(traced(topic.consumed()), CountingConsumer.class)) {
			topic.send(OwnTopic.KEY, headers, "{\"number\":1}");
			topic.send(OwnTopic.KEY, headers, "{\"number\":1}");
			await().atMost(PATIENCE).until(() -> topic.acknowledged() == 2);
			assertThat(service.get(CountingConsumer.class).applied()).containsExactly(1L);
			assertThat(this.early).anySatisfy((spans) -> assertThat(spans).contains("\"event.duplicate\":\"true\""));
		}
	}

	@Test
	void aHangingServerDelaysEventsOnlyBriefly() {
		this.zipkin.createContext("/", (exchange) -> {
			// Never answers.
		});
		this.zipkin.start();
		try (RunningService service = this.database.service(traced(Map.of()))) {
			service.commit(this.key, 1, 20);
			await().atMost(Duration.ofSeconds(10)).until(() -> !service.isWaiting(this.key));
			Published.of(this.key).assertCountsUp(this.key, 20);
		}
	}

	@Test
	void statementsAreSpansWithoutValuesAndThePoolIsUnchanged() throws SQLException {
		this.zipkin.createContext("/", this::receive);
		this.zipkin.start();
		try (RunningService service = this.database.service(tracing())) {
			ScopedSpan request = service.get(Tracing.class).tracer().startScopedSpanWithParent("request", SAMPLED);
			service.jdbc().sql("select count(*) from outbox where type = ?").param("a value").query().singleValue();
			request.finish();
			await().atMost(PATIENCE)
				.untilAsserted(() -> assertThat(this.early)
					.anySatisfy((spans) -> assertThat(spans).contains("select count(*) from outbox where type = ?")));
			assertThat(this.early).noneSatisfy((spans) -> assertThat(spans).contains("a value"));
			// The relay polls continuously, without a parent span.
			assertThat(this.early).noneSatisfy((spans) -> assertThat(spans).contains("pg_try_advisory_xact_lock"));
			DataSource wrapped = service.get(DataSource.class);
			assertThat(wrapped).isNotInstanceOf(HikariDataSource.class);
			assertThat(wrapped.unwrap(HikariDataSource.class).getExceptionOverride()).isNotNull();
			assertThat(service.get(MeterRegistry.class).find("hikaricp.connections").gauge()).isNotNull();
		}
	}

	@Test
	void aServiceSamplesNoTraceOfItsOwn() {
		try (RunningService service = this.database.service(tracing())) {
			assertThat(service.get(Tracing.class).tracer().newTrace().context().sampled()).isFalse();
		}
	}

	@Test
	void withoutTheProfileNothingIsWrappedOrExported() {
		try (RunningService service = this.database.service(Map.of())) {
			assertThat(service.get(DataSource.class)).isInstanceOf(HikariDataSource.class);
			assertThat(service.names(SpanHandler.class)).doesNotContain("eventSpans", "spanRedaction",
					"asyncZipkinSpanHandler");
			service.commit(this.key, 1, 1);
			await().atMost(PATIENCE).until(() -> !service.isWaiting(this.key));
		}
	}

	private Map<String, String> tracing() {
		return Map.of("spring.profiles.active", "tracing", "platform.zipkin.endpoint",
				"http://127.0.0.1:" + this.zipkin.getAddress().getPort() + "/api/v2/spans");
	}

	/** Samples everything, so that no request is needed. */
	private Map<String, String> traced(Map<String, String> more) {
		Map<String, String> all = new HashMap<>(more);
		all.putAll(tracing());
		all.put("management.tracing.sampling.probability", "1.0");
		return all;
	}

	private void receive(HttpExchange exchange) throws IOException {
		try (exchange) {
			boolean isCompressed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
			InputStream body = isCompressed ? new GZIPInputStream(exchange.getRequestBody())
					: exchange.getRequestBody();
			String spans = new String(body.readAllBytes(), StandardCharsets.UTF_8);
			(this.isEarly.get().getAsBoolean() ? this.early : this.late).add(spans);
			exchange.sendResponseHeaders(202, -1);
		}
	}

}
