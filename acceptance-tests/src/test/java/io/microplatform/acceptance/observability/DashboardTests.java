package io.microplatform.acceptance.observability;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.observability.Dashboards.Expression;
import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.load.CallResult;
import io.microplatform.lab.load.Load;
import io.microplatform.lab.load.LoadReport;
import io.microplatform.lab.load.SimulatedUsers;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.PrometheusClient;
import io.microplatform.lab.platform.PrometheusClient.Sample;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.awaitility.Awaitility.await;

/**
 * Executes the expressions of all dashboards on a Prometheus that has scraped the
 * platform under load.
 */
@AcceptanceTest
@EnabledIf("io.microplatform.acceptance.fixture.Installed#prometheus")
class DashboardTests {

	private static final int CALLS_PER_SECOND = 20;

	/** The range of the rates. */
	private static final Duration RANGE = Duration.ofSeconds(60);

	private static final Duration LOAD = RANGE.plusSeconds(10);

	/**
	 * On a platform that has just started, the first orders are confirmed after several
	 * seconds: these must not be in the range.
	 */
	private static final Duration WARM_UP = Duration.ofSeconds(10);

	private static final Duration NON_EMPTY_WITHIN = Duration.ofSeconds(60);

	private final PrivatePlatform platform;

	private final PrometheusClient prometheus;

	@SuppressWarnings("NullAway.Init") // Set before the first test.
	private LoadReport results;

	@SuppressWarnings("NullAway.Init") // Set before the first test.
	private Instant end;

	DashboardTests(PrivatePlatform platform) {
		this.platform = platform;
		this.prometheus = PrometheusClient.of(platform.processes());
	}

	@BeforeAll
	void runALoad() {
		ClientAccount ann = this.platform.signUp("Ann");
		this.platform.guest().login(ann.user().email(), UUID.randomUUID().toString());
		assertThat(this.platform.run("refresh").exitCode()).isZero();
		assertThat(this.platform.run("audit").exitCode()).isZero();
		SimulatedUsers users = SimulatedUsers.signUp(this.platform.guest(), 5);
		send(users, WARM_UP);
		this.results = send(users, LOAD);
		this.end = Instant.now();
	}

	private static LoadReport send(SimulatedUsers users, Duration duration) {
		try (Load load = Load.start(users.buying(1), CALLS_PER_SECOND, duration)) {
			return load.await();
		}
	}

	@Test
	void everyExpressionHasData() {
		Set<String> onlyDuringAFault = Dashboards.onlyDuringAFault();
		List<Expression> expressions = Dashboards.expressions();
		assertThat(expressions).extracting(Expression::panel).containsAll(onlyDuringAFault);
		Set<String> panels = expressions.stream().map(Expression::panel).collect(Collectors.toSet());
		assertThat(panels).hasSizeGreaterThanOrEqualTo(45);
		assertThat(onlyDuringAFault).hasSizeLessThanOrEqualTo(panels.size() / 10);
		await().atMost(NON_EMPTY_WITHIN).untilAsserted(() -> {
			Set<String> empty = new TreeSet<>();
			for (Expression expression : expressions) {
				List<Sample> samples = this.prometheus.query(expression.resolve(seconds(LOAD)));
				boolean hasData = samples.stream().anyMatch((sample) -> !Double.isNaN(sample.value()));
				if (!hasData && !onlyDuringAFault.contains(expression.panel())) {
					empty.add(expression.panel() + ": " + expression.text());
				}
			}
			assertThat(empty).isEmpty();
		});
	}

	@Test
	void theHeadlinesAgreeWithWhatTheLoadCounted() {
		Predicate<CallResult> places = (result) -> result.call().equals("place order");
		Predicate<CallResult> readsCredit = (result) -> result.call().equals("read credit");
		assertAgrees("microplatform-gateway/Requests by route", "routeId", "place-order", places);
		assertAgrees("microplatform-gateway/Requests by route", "routeId", "orders", places.or(readsCredit).negate());
		assertAgrees("microplatform-gateway/Requests by route", "routeId", "users", readsCredit);
		assertAgrees("microplatform-gateway/Responses by status", "status", "201", places);
		assertAgrees("microplatform-gateway/Responses by status", "status", "200", places.negate());
		assertAgrees("microplatform-orders/Orders by new status", "status", "pending", places);
		assertAgrees("microplatform-orders/Orders by new status", "status", "confirmed", places);
	}

	private void assertAgrees(String panel, String label, String value, Predicate<CallResult> counted) {
		Expression expression = Dashboards.expressions()
			.stream()
			.filter((candidate) -> candidate.panel().equals(panel))
			.findFirst()
			.orElseThrow();
		Instant at = this.end.minusSeconds(5);
		double shown = this.prometheus.query(expression.resolve(seconds(RANGE)), at)
			.stream()
			.filter((sample) -> value.equals(sample.labels().get(label)))
			.mapToDouble(Sample::value)
			.sum();
		long calls = this.results.of(counted)
			.results()
			.stream()
			.filter((result) -> result.due().isAfter(at.minus(RANGE)) && result.due().isBefore(at))
			.count();
		assertThat(shown).as("%s of %s", value, panel)
			.isCloseTo((double) calls / RANGE.toSeconds(), withinPercentage(5));
	}

	private static String seconds(Duration duration) {
		return String.format(Locale.ROOT, "%ds", duration.toSeconds());
	}

}
