package io.microplatform.acceptance.observability;

import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.JsonBody;
import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.Order;
import io.microplatform.lab.platform.CommandOutput;
import io.microplatform.lab.platform.ConfigRepository;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.trace.Span;
import io.microplatform.lab.trace.Trace;
import io.microplatform.lab.trace.ZipkinClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests the trace of an order, as Zipkin shows it.
 */
@AcceptanceTest
class TraceTests {

	private static final Duration SHOWN_WITHIN = Duration.ofSeconds(20);

	/** A trace id that a client chooses, with the request to sample the trace. */
	private static final String FOREIGN = "0af7651916cd43dd8448eb211c80319c";

	private static final String PROBABILITY = "management.tracing.sampling.probability";

	private static final String PRODUCT = "a product that no span names";

	private final Instant begin = Instant.now().minusSeconds(1);

	private final PrivatePlatform platform;

	private final ZipkinClient zipkin;

	private final ClientAccount ann;

	private final String order;

	TraceTests(PrivatePlatform platform) {
		this.platform = platform;
		this.zipkin = ZipkinClient.of(platform.processes());
		this.ann = platform.signUp("Ann");
		String body = JsonBody.empty().withText("product", PRODUCT).with("amount", "7.31").toString();
		this.order = Long.toString(this.ann.client()
			.send(this.ann.client()
				.request("/orders")
				.header("Content-Type", "application/json")
				.header("Prefer", "wait=5")
				.header("traceparent", "00-" + FOREIGN + "-b7ad6b7169203331-01")
				.header("baggage", "order.id=1")
				.POST(BodyPublishers.ofString(body)))
			.expect(201)
			.as(Order.class)
			.id());
	}

	@Test
	void anOrderIsOneTraceFromTheRequestToItsConfirmation() {
		Trace trace = trace(this.order);
		assertThat(trace.spans()).extracting(Span::traceId).containsOnly(trace.spans().getFirst().traceId());
		assertThat(trace.spans()).filteredOn((span) -> span.parentId() == null)
			.singleElement()
			.satisfies((root) -> assertThat(root.title()).startsWith("api-gateway "));
		Map<String, Long> events = trace.spans()
			.stream()
			.filter((span) -> !span.tag("event.id").isEmpty())
			.collect(Collectors.groupingBy(Span::title, Collectors.counting()));
		assertThat(events.keySet()).containsAll(Trace.CONFIRMED_ORDER);
		assertThat(Trace.CONFIRMED_ORDER).allMatch((title) -> events.getOrDefault(title, 0L) == 1);
	}

	@Test
	void eventSpansNameTheEventAndTheOrder() {
		assertThat(trace(this.order).spans()).filteredOn((span) -> Trace.CONFIRMED_ORDER.contains(span.title()))
			.allSatisfy((span) -> {
				boolean sent = span.title().contains(" publish ");
				assertThat(span.kind()).isEqualTo(sent ? "PRODUCER" : "CONSUMER");
				assertThat(span.title()).endsWith(" " + span.tag("event.type"));
				assertThat(span.tag("event.id")).isNotEmpty();
				assertThat(span.tag("order.id")).isEqualTo(this.order);
				assertThat(span.tag("messaging.destination.name"))
					.isEqualTo(span.tag("event.type").startsWith("order.") ? "orders" : "credit");
			});
	}

	@Test
	void theTraceShowsTheWorkOfServicesAndStores() {
		List<String> kinds = trace(this.order).spans().stream().map((span) -> span.title().split(" ", 2)[0]).toList();
		assertThat(kinds).contains("api-gateway", "order-service", "user-service");
		assertThat(sql(trace(this.order))).isNotEmpty().noneMatch((statement) -> statement.contains("7.31"));
	}

	@Test
	void doesNotContinueTheTraceOfACaller() {
		assertThat(trace(this.order).spans()).extracting(Span::traceId).doesNotContain(FOREIGN);
		assertThat(this.zipkin.text(this.begin)).doesNotContain(FOREIGN);
	}

	@Test
	void noSpanContainsWhatTheClientSent() {
		trace(this.order);
		assertThat(this.zipkin.text(this.begin)).contains(this.order)
			.doesNotContain(PRODUCT, this.ann.email(), "@example.org", this.ann.password(), this.ann.token(), "eyJ")
			.doesNotContain("/actuator/");
	}

	@Test
	void refreshChangesWhatIsRecorded() {
		ConfigRepository configuration = this.platform.configuration();
		String unrecorded;
		try {
			configuration.change("application", Map.of(PROBABILITY, "0.0"));
			assertThat(this.platform.run("refresh").exitCode()).isZero();
			unrecorded = order();
		}
		finally {
			configuration.reset();
			assertThat(this.platform.run("refresh").exitCode()).isZero();
		}
		trace(order());
		assertThat(this.zipkin.traces("order.id=" + unrecorded, this.begin)).isEmpty();
	}

	@Test
	void refreshRefusesAnInvalidProbability() {
		this.platform.configuration().change("application", Map.of(PROBABILITY, "1.5"));
		CommandOutput refused = this.platform.run("refresh");
		this.platform.configuration().reset();
		assertThat(refused.exitCode()).isOne();
		assertThat(refused.text()).contains(PROBABILITY);
	}

	/** Places an order and waits for its outcome. */
	private String order() {
		Order placed = this.ann.client()
			.send(this.ann.client()
				.request("/orders")
				.header("Content-Type", "application/json")
				.header("Prefer", "wait=5")
				.POST(BodyPublishers.ofString("{\"product\":\"tea\",\"amount\":0.10}")))
			.expect(201)
			.as(Order.class);
		assertThat(placed.status()).isEqualTo("CONFIRMED");
		return Long.toString(placed.id());
	}

	/** The statements of a trace. */
	private static List<String> sql(Trace trace) {
		return trace.spans()
			.stream()
			.flatMap((span) -> (span.tags() != null) ? span.tags().values().stream() : Stream.empty())
			.filter((value) -> value.toLowerCase(Locale.ROOT).contains("insert into"))
			.toList();
	}

	private Trace trace(String order) {
		return await().atMost(SHOWN_WITHIN)
			.until(() -> this.zipkin.traces("order.id=" + order, this.begin),
					(traces) -> traces.stream().anyMatch((trace) -> trace.missing(order).isEmpty()))
			.stream()
			.filter((trace) -> trace.missing(order).isEmpty())
			.findFirst()
			.orElseThrow();
	}

}
