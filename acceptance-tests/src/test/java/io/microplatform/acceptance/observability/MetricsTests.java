package io.microplatform.acceptance.observability;

import java.net.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.platform.MetricsSnapshot;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.local.process.RunRecord;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that clients cannot create time series.
 */
@AcceptanceTest
class MetricsTests {

	private static final int CALLS = 50;

	/** Names of meters whose labels depend on what clients send. */
	private static final Pattern OF_REQUESTS = Pattern.compile(
			"(http_|spring_cloud_gateway_|balancer_|cache_|idempotency_|orders_|logins|consumer_|inbox_|outbox_).*");

	private final PrivatePlatform platform;

	private final ClientAccount ann;

	MetricsTests(PrivatePlatform platform) {
		this.platform = platform;
		this.ann = platform.signUp("Ann");
	}

	@Test
	void whatClientsSendCreatesNoSeries() {
		abuse();
		Set<String> before = series();
		abuse();
		assertThat(before).isNotEmpty().containsAll(series());
	}

	/** Each call has paths, ids, headers and values that no other call has. */
	private void abuse() {
		for (int i = 0; i < CALLS; i++) {
			String random = UUID.randomUUID().toString();
			this.ann.client().get("/" + random);
			this.ann.client().get("/orders/" + (random.hashCode() & Integer.MAX_VALUE));
			this.ann.client().get("/orders?" + random + "=" + random);
			this.ann.client().get("/users/" + random);
			this.platform.guest().get("/orders/" + random);
			this.platform.guest().login(random + "@example.org", random);
			this.ann.client().send(request("/orders", random));
			this.ann.client().send(request("/users/me", random));
			this.ann.client()
				.send(HttpRequest.newBuilder(this.platform.gateway().resolve("/orders/" + random))
					.method("X" + random.substring(0, 6).toUpperCase(Locale.ROOT),
							HttpRequest.BodyPublishers.noBody()));
		}
	}

	private HttpRequest.Builder request(String path, String random) {
		return HttpRequest.newBuilder(this.platform.gateway().resolve(path))
			.header("User-Agent", random)
			.header("X-Release", random)
			.header("Idempotency-Key", random)
			.header("Accept-Language", "x-" + random.substring(0, 8));
	}

	private Set<String> series() {
		return List.of("api-gateway", "user-service", "order-service")
			.stream()
			.flatMap((service) -> this.platform.processes().instancesOf(service).stream())
			.flatMap(MetricsTests::series)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Stream<String> series(RunRecord process) {
		return MetricsSnapshot.of(process)
			.text()
			.lines()
			.filter((line) -> OF_REQUESTS.matcher(line).matches())
			.map((line) -> process.instance() + " " + line.substring(0, line.lastIndexOf(' ')));
	}

}
