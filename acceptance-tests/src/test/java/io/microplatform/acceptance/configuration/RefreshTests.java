package io.microplatform.acceptance.configuration;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.microplatform.lab.client.ClientAccount;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.Wire;
import io.microplatform.lab.platform.CommandOutput;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.RunningPlatform;
import io.microplatform.local.file.Directories;
import io.microplatform.local.process.RunRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that {@code refresh} takes effect at the gateway and the services without a
 * restart.
 */
@AcceptanceTest
class RefreshTests {

	private final PrivatePlatform platform;

	private final ClientAccount ann;

	private final Map<String, Long> pids;

	private final String initial;

	RefreshTests(PrivatePlatform platform) {
		this.platform = platform;
		this.ann = platform.signUp("Ann");
		this.pids = platform.pids();
		this.initial = platform.processes().publishedConfiguration();
	}

	/** Other tests require the initial configuration. */
	@AfterEach
	void restoreConfiguration() {
		this.platform.configuration().reset();
		if (!this.platform.processes().publishedConfiguration().equals(this.initial)) {
			runSuccessfully("refresh");
		}
		assertThat(this.platform.pids()).isEqualTo(this.pids);
	}

	@Test
	void appliesTheMaximumAmountOfAnOrder() {
		refresh("order-service", "platform.orders.max-amount", "0.05");
		assertThat(this.ann.client().placeOrder("spoon", new BigDecimal("0.06"))).isProblem(422).namesField("amount");
		assertThat(this.ann.client().placeOrder("spoon", new BigDecimal("0.05"))).isJson(201);
	}

	@Test
	void appliesTheCreditLimitOfNewUsers() {
		refresh("user-service", "platform.accounts.default-credit-limit", "5.00");
		assertThat(this.platform.signUp("Bob").client().me().body()).contains("\"creditLimit\":5.00");
		assertThat(this.ann.client().me().body()).contains("\"creditLimit\":1000.00");
	}

	@Test
	void appliesATimeout() {
		refresh("api-gateway", "platform.gateway.request-timeout", "300ms");
		assertThat(Wire.exchange(this.platform.gateway(), "POST /login HTTP/1.1", "{", "Content-Type: application/json",
				"Content-Length: 40"))
			.isProblem(408);
	}

	@Test
	void appliesALogLevel() {
		refresh("user-service", "logging.level.io.microplatform.starter.event", "debug");
		assertThat(this.ann.client().placeOrder("fork", new BigDecimal("0.01"))).isJson(201);
		await().until(() -> this.platform.run("logs", "user-service").text(),
				(log) -> log.contains("skips an event of type order.confirmed"));
	}

	@Test
	void removedPropertiesReturnToTheirDefault() {
		refresh("user-service", "logging.level.io.microplatform.user", "debug");
		this.platform.configuration().reset();
		CommandOutput output = runSuccessfully("refresh");
		assertThat(output.text()).contains("logging.level.io.microplatform.user");
	}

	@ParameterizedTest
	@CsvSource({ "order-service, platform.orders.max-amount, -1", "order-service, platform.orders.max-amout, 1.00",
			"user-service, platform.accounts.default-credit-limit, a lot",
			"application, platform.retries.max-attempts, 99", "api-gateway, platform.gateway.max-body-size, 1TB",
			"application, spring.datasource.hikari.maximum-pool-size, 7", "application, platform.nothing, 1" })
	void rejectsInvalidProperties(String file, String property, String value) {
		String before = this.platform.processes().publishedConfiguration();
		this.platform.configuration().change(file, Map.of(property, value));
		CommandOutput output = this.platform.run("refresh");
		assertThat(output.exitCode()).isOne();
		assertThat(output.text()).contains("nothing was changed", "✗ ", property).doesNotContain("Exception");
		assertThat(this.platform.processes().publishedConfiguration()).isEqualTo(before);
		assertThat(versions()).containsExactly(before);
	}

	@Test
	void rejectsInvalidYaml() {
		this.platform.configuration().change("order-service", Map.of("platform", "[1"));
		CommandOutput output = this.platform.run("refresh");
		assertThat(output.exitCode()).isOne();
		assertThat(output.text()).containsPattern("order-service.yml line \\d+ is not valid YAML");
	}

	@Test
	void restoresAnEarlierVersion() {
		String before = this.platform.processes().publishedConfiguration();
		refresh("order-service", "platform.orders.max-amount", "0.05");
		runSuccessfully("refresh", "--to", before.substring(0, 12));
		assertThat(this.platform.processes().publishedConfiguration()).isEqualTo(before);
		assertThat(versions()).containsExactly(before);
		assertThat(runSuccessfully("refresh", "--list").lastLine()).contains(before.substring(0, 12), "refresh --to",
				System.getProperty("user.name"));
	}

	@Test
	void rejectsAnUnknownVersion() {
		CommandOutput output = this.platform.run("refresh", "--to", "0000");
		assertThat(output.exitCode()).isEqualTo(2);
		assertThat(output.text().lines()).singleElement().asString().contains("refresh --list");
	}

	@Test
	void namesAVersionThatWasDeleted() throws IOException {
		String before = this.platform.processes().publishedConfiguration();
		refresh("order-service", "platform.orders.max-amount", "0.05");
		// As the config server deletes old versions.
		Directories.delete(this.platform.state().resolve("config").resolve(before));
		CommandOutput output = this.platform.run("refresh", "--to", before.substring(0, 12));
		assertThat(output.exitCode()).isOne();
		assertThat(output.text().lines()).singleElement().asString().contains(before, "was deleted", "refresh --list");
		assertThat(runSuccessfully("refresh", "--list").text()).contains("(deleted)");
	}

	private void refresh(String file, String property, String value) {
		this.platform.configuration().change(file, Map.of(property, value));
		CommandOutput output = runSuccessfully("refresh");
		assertThat(output.text()).contains(property);
		assertThat(versions()).containsExactly(this.platform.processes().publishedConfiguration());
		assertThat(runSuccessfully("status", "--json").text())
			.contains(this.platform.processes().publishedConfiguration());
	}

	private CommandOutput runSuccessfully(String... command) {
		CommandOutput output = this.platform.run(command);
		assertThat(output.exitCode()).as(output.text()).isZero();
		return output;
	}

	private Set<String> versions() {
		List<RunRecord> instances = Stream.of("api-gateway", "user-service", "order-service")
			.flatMap((service) -> this.platform.processes().instancesOf(service).stream())
			.toList();
		return instances.stream().map(RunningPlatform::configurationOf).collect(Collectors.toSet());
	}

}
