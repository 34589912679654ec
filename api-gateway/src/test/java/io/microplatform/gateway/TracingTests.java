package io.microplatform.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

import brave.sampler.Sampler;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import zipkin2.reporter.BytesMessageSender;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests a gateway with the profile {@code tracing} and a stub of Zipkin.
 */
class TracingTests extends GatewayTest {

	private static final String OUTSIDE = "11111111111111111111111111111111";

	private static final List<JsonNode> spans = new CopyOnWriteArrayList<>();

	private static HttpServer zipkin;

	private static ConfigurableApplicationContext tracing;

	@BeforeAll
	static void startWithZipkin() throws IOException {
		zipkin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		zipkin.createContext("/api/v2/spans", TracingTests::collect);
		zipkin.start();
		tracing = start("--spring.profiles.active=tracing",
				"--platform.zipkin.endpoint=http://127.0.0.1:" + zipkin.getAddress().getPort() + "/api/v2/spans");
	}

	@AfterAll
	static void stop() {
		tracing.close();
		zipkin.stop(0);
	}

	private static void collect(HttpExchange exchange) throws IOException {
		boolean isCompressed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
		byte[] body = (isCompressed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody())
			.readAllBytes();
		JsonMapper.shared().readTree(body).forEach(spans::add);
		exchange.sendResponseHeaders(202, -1);
		exchange.close();
	}

	@Test
	void startsASampledTraceOfItsOwnWithoutTheQuery() throws Exception {
		request("local.server.port", "/users/7?email=ann@example.org",
				"traceparent: 00-" + OUTSIDE + "-2222222222222222-00\r\n");

		String parent = String.valueOf(upstream.takeRequests().getFirst().headers().getFirst("Traceparent"));
		assertThat(parent).matches("00-(?!1{32})[0-9a-f]{32}-[0-9a-f]{16}-01");
		String trace = parent.split("-", -1)[1];
		await().untilAsserted(() -> assertThat(ofTrace(trace)).extracting((span) -> span.path("kind").asString())
			.containsExactlyInAnyOrder("SERVER", "CLIENT"));
		assertThat(ofTrace(trace)).allSatisfy((span) -> assertThat(span.toString()).doesNotContain("example.org"))
			.filteredOn((span) -> span.path("kind").asString().equals("SERVER"))
			.allSatisfy((span) -> assertThat(span.has("parentId")).isFalse());
	}

	@Test
	void probesAndScrapesAreNotTraced() throws Exception {
		for (String path : List.of("/actuator/health/readiness", "/actuator/prometheus", "/actuator/env")) {
			request("local.management.port", path, "");
		}
		request("local.server.port", "/users/of-the-end", "");

		await().untilAsserted(() -> assertThat(spans.toString()).contains("/users/of-the-end"));
		assertThat(spans.toString()).doesNotContain("actuator");
	}

	@Test
	void onlyCountersAndHistogramsHaveExemplars() throws Exception {
		request("local.server.port", "/users/7", "");
		await().untilAsserted(() -> assertThat(scrape())
			.anySatisfy((line) -> assertThat(line).contains("_bucket{", " # {", "trace_id=")));
		assertThat(scrape()).filteredOn((line) -> line.contains(" # {"))
			.allSatisfy((line) -> assertThat(line).containsPattern("^[a-z_]+_(bucket|total)[ {]"));
	}

	private static List<String> scrape() throws IOException, InterruptedException {
		URI metrics = URI.create("http://127.0.0.1:"
				+ tracing.getEnvironment().getRequiredProperty("local.management.port") + "/actuator/prometheus");
		try (HttpClient client = HttpClient.newHttpClient()) {
			return client
				.send(HttpRequest.newBuilder(metrics)
					.header("Accept", "application/openmetrics-text; version=1.0.0")
					.build(), BodyHandlers.ofString())
				.body()
				.lines()
				.toList();
		}
	}

	@Test
	void withoutTheProfileNothingIsSampledOrExported() {
		assertThat(gateway.getBeansOfType(BytesMessageSender.class)).isEmpty();
		assertThat(gateway.getBean(Sampler.class)).isSameAs(Sampler.NEVER_SAMPLE);
		assertThat(tracing.getBeansOfType(BytesMessageSender.class)).hasSize(1);
	}

	private static List<JsonNode> ofTrace(String trace) {
		List<JsonNode> those = new ArrayList<>(spans);
		those.removeIf((span) -> !span.path("traceId").asString().equals(trace));
		return those;
	}

	private static void request(String port, String target, String header) throws IOException {
		RawClient.exchange(tracing.getEnvironment().getRequiredProperty(port, Integer.class),
				"GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header + "\r\n");
	}

}
