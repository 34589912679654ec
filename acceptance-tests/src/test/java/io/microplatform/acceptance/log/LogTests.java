package io.microplatform.acceptance.log;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.Order;
import io.microplatform.lab.platform.CommandOutput;
import io.microplatform.lab.platform.PrivatePlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests {@code ./platform logs} with its filters, and the audit trail.
 */
@AcceptanceTest
class LogTests {

	private static final String ACTION = "event.action";

	/**
	 * Threads of an instance write a line shortly after they take its time.
	 */
	private static final Duration OUT_OF_ORDER = Duration.ofMillis(500);

	private final PrivatePlatform platform;

	private final ClientAccount ann;

	private final String order;

	LogTests(PrivatePlatform platform) {
		this.platform = platform;
		this.ann = platform.signUp("Ann");
		this.order = Long
			.toString(this.ann.client().placeOrder("tea", BigDecimal.ONE).expect(201).as(Order.class).id());
	}

	@Test
	void showsTheLinesOfAnOrder() {
		List<LogLine> lines = logs("--order", this.order);
		assertThat(lines).isNotEmpty().allMatch((line) -> line.field("order.id").equals(this.order));
		assertThat(lines).anySatisfy((line) -> {
			assertThat(line.field(ACTION)).isEqualTo("order-placed");
			assertThat(line.field("event.kind")).isEqualTo("event");
			assertThat(line.field("event.outcome")).isEqualTo("success");
			assertThat(line.field("user.id")).isEqualTo(Long.toString(this.ann.id()));
			assertThat(line.field("service.name")).isEqualTo("order-service");
			assertThat(line.field("service.node.name")).isEqualTo("order-service-1");
			assertThat(line.field("log.level")).isEqualTo("INFO");
		});
	}

	@Test
	void showsTheLinesOfATrace() {
		String trace = logs("--order", this.order).stream()
			.filter((line) -> line.field(ACTION).equals("order-placed"))
			.map((line) -> line.field("trace.id"))
			.findFirst()
			.orElseThrow();
		assertThat(trace).matches("[0-9a-f]{32}");
		List<LogLine> lines = logs("--trace", trace);
		assertThat(lines).allMatch((line) -> line.field("trace.id").equals(trace));
		assertThat(lines).extracting((line) -> line.field("order.id")).contains(this.order);
	}

	@Test
	void showsTheLinesOfALevelAndAbove() {
		assertThat(logs("--level", "warn")).extracting((line) -> line.field("log.level")).isSubsetOf("WARN", "ERROR");
		assertThat(logs("--level", "info")).extracting((line) -> line.field("log.level"))
			.contains("INFO")
			.doesNotContain("DEBUG", "TRACE");
	}

	@Test
	void showsTheLinesOfTheLastMinutesInOrder() {
		Instant earliest = Instant.now().minus(Duration.ofMinutes(2));
		List<LogLine> lines = logs("--since", "2m", "--level", "trace");
		assertThat(lines).isNotEmpty().allMatch((line) -> line.time().isAfter(earliest));
		for (int i = 1; i < lines.size(); i++) {
			assertThat(lines.get(i).time()).isAfter(lines.get(i - 1).time().minus(OUT_OF_ORDER));
		}
	}

	@Test
	void showsOneServiceOnly() {
		assertThat(logs("user-service", "--level", "info")).isNotEmpty()
			.allMatch((line) -> line.field("service.name").equals("user-service"));
	}

	@Test
	void printsReadableLines() {
		CommandOutput output = this.platform.run("logs", "--order", this.order);
		assertThat(output.exitCode()).as(output.text()).isZero();
		assertThat(output.text()).doesNotContain("\u001b", "{\"");
		assertThat(output.text().lines()).first()
			.asString()
			.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} +order-service-1 +INFO +.+");
	}

	/** Includes failed logins, whose user is unknown. */
	@Test
	void keepsTheAuditTrailOfUsers() {
		this.platform.guest().login(this.ann.email(), "a wrong password").expect(401);
		String user = Long.toString(this.ann.id());
		await().untilAsserted(() -> {
			List<LogLine> lines = logs("user-service", "--level", "info");
			assertThat(lines).filteredOn((line) -> line.field("user.id").equals(user))
				.extracting((line) -> line.field(ACTION))
				.contains("user-registered", "login");
			assertThat(lines).filteredOn((line) -> line.field(ACTION).equals("login"))
				.extracting((line) -> line.field("event.outcome"))
				.contains("success", "failure");
		});
	}

	@ParameterizedTest
	@CsvSource({ "--level, loud", "--since, yesterday", "--order, first", "--trace, none" })
	void explainsABadValue(String option, String value) {
		CommandOutput output = this.platform.run("logs", option, value);
		assertThat(output.exitCode()).as(output.text()).isEqualTo(2);
		assertThat(output.text()).contains(value).doesNotContain("Exception");
	}

	private List<LogLine> logs(String... options) {
		String[] command = new String[options.length + 2];
		command[0] = "logs";
		command[1] = "--json";
		System.arraycopy(options, 0, command, 2, options.length);
		CommandOutput output = this.platform.run(command);
		assertThat(output.exitCode()).as(output.text()).isZero();
		return LogLine.of(output.text());
	}

}
