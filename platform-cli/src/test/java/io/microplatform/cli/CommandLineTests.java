package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.microplatform.cli.StandInCheckout.Output;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is refused before anything starts.
 */
class CommandLineTests {

	@SuppressWarnings("NullAway.Init") // set before each
	private StandInCheckout checkout;

	@BeforeEach
	void checkOut(@TempDir Path directory) throws IOException {
		this.checkout = new StandInCheckout(directory.resolve("checkout"));
	}

	@AfterEach
	void leaveNothing() throws IOException {
		this.checkout.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "fly", "logs", "logs --json", "logs --level", "logs redis kafka", "logs redis -x",
			"doctor up", "scale user-service", "scale user-service 2 3", "scale user-service 2 --release",
			"scale user-service 2 --release --release", "scale user-service 2 --release 2 --release 3", "restart",
			"restart user-service --release", "restart user-service 2", "refresh now", "refresh --to",
			"refresh --to --list", "refresh --list all", "refresh --list --to 1", "token ada@example.org",
			"token a b c", "dlq", "dlq -x", "dlq all", "dlq list -x", "dlq list --all --all", "dlq list orders credit",
			"dlq show", "dlq replay", "dlq replay --all", "dlq discard a b", "up --fast", "up --with",
			"up --with nothing", "up --with prometheus,nothing", "down --json", "status --purge", "up up", "bench",
			"bench fast", "bench start --with", "bench start --with nothing", "bench orders --with prometheus",
			"bench gateway --with prometheus", "chaos --minutes 0", "chaos --minutes 61", "chaos --minutes many",
			"chaos --seed x", "drill", "drill nothing", "drill scale 3", "drill scale --rounds",
			"drill scale --rounds 0", "drill scale --rounds 31", "drill scale --rounds many", "drill scale --rate 0",
			"drill scale --rate 1000", "drill scale --rate 10 --rate 20", "audit all", "demo --fast", "images --to",
			"images --push", "images --to a --push b", "images --push http://registry", "images --tag a/b",
			"images --arch sparc", "images --runtime other", "images --runtime base", "images --jdk", "images --base" })
	void whatItDoesNotUnderstand(String line) {
		Output output = this.checkout.run(line.split(" ", -1));
		assertThat(output.code()).isEqualTo(2);
		assertThat(output.err().lines()).hasSizeLessThanOrEqualTo(3);
		assertThat(output.err()).startsWith("platform: ").contains("\nusage: ./platform ");
	}

	@Test
	void theImagesThatThereAreAreNamed() {
		Output output = this.checkout.run("images", "nothing");
		assertThat(output.code()).isEqualTo(2);
		assertThat(output.err()).startsWith("platform: invalid service 'nothing'")
			.contains("order-service", "admin-server", "store-setup")
			.hasLineCount(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "logs --level loud", "logs --since yesterday", "logs --since 10", "logs --order first",
			"logs --order 0", "logs --trace none", "logs redis --trace 1", "logs user-servise --level warn" })
	void invalidFiltersOfLogLines(String line) {
		Output output = this.checkout.run(line.split(" ", -1));
		assertThat(output.code()).isEqualTo(2);
		assertThat(output.err()).startsWith("platform: ").hasLineCount(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "scale user-service 0", "scale user-service 10", "scale user-service many",
			"scale redis 2", "restart redis", "restart user-service-1", "scale user-service 2 --release V2",
			"restart user-service --release a/b", "restart api-gateway --release 2" })
	void whatCannotBeScaledOrRestarted(String line) {
		Output output = this.checkout.run(line.split(" ", -1));
		assertThat(output.code()).isEqualTo(2);
		assertThat(output.err()).startsWith("platform: invalid ").hasLineCount(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			scale redis 2 | only user-service, order-service and delivery-service can be scaled
			restart api-gateway --release 2 | only user-service, order-service and delivery-service have releases
			restart redis | discovery-server, config-server, api-gateway, user-service, order-service, delivery-service
			logs nothing | api-gateway, config-server, delivery-service, discovery-server
			""")
	void theServicesThatThereAreAreNamed(String line, String services) throws IOException {
		ServiceFiles.write(this.checkout.root(), "delivery-service", "");
		Output output = this.checkout.run(line.split(" ", -1));
		assertThat(output.code()).isEqualTo(2);
		assertThat(output.err()).contains(services).hasLineCount(1);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "up", "status", "doctor", "scale user-service 2", "restart api-gateway", "logs user-service" })
	void anInvalidDescriptionOfAServiceIsNamedAndDoesNotHinderDown(String line) throws IOException {
		ServiceFiles.write(this.checkout.root(), "delivery-service", "kafka.consume = orders\n");
		Output output = this.checkout.run(line.split(" ", -1));
		assertThat(output.code()).isOne();
		assertThat(output.err())
			.startsWith("platform: " + this.checkout.root().resolve("delivery-service/service.properties"))
			.contains("unknown key 'kafka.consume'")
			.hasLineCount(1);
		assertThat(this.checkout.run("down").code()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "scale user-service 2", "scale user-service 2 --release 2", "restart api-gateway",
			"refresh", "refresh --to 0f", "refresh --list", "token", "token ada@example.org secret", "dlq list",
			"dlq replay all" })
	void whatNeedsThePlatformWhenItIsNotUp(String line) {
		Output output = this.checkout.run(line.split(" ", -1));
		assertThat(output.code()).isOne();
		assertThat(output.err()).contains("the platform is not up", "./platform up").hasLineCount(1);
	}

	@ParameterizedTest
	@CsvSource({ "bench gateway, apt install nginx-light wrk, brew install nginx wrk",
			"bench start --with prometheus, apt install prometheus, brew install prometheus",
			"bench memory --with grafana, grafana.com/docs, brew install grafana" })
	void aBenchmarkWhoseProgramsAreNotInstalled(String line, String onDebian, String onMac) {
		this.checkout.set("PATH", "/nowhere");
		Output output = this.checkout.run(line.split(" ", -1));
		assertThat(output.code()).isOne();
		assertThat(output.err()).startsWith("platform: ").contains("not installed", onDebian, onMac).hasLineCount(1);
	}

	@Test
	void theDemoSaysInOneLineThatThePlatformIsNotUp() {
		Output output = this.checkout.run("demo");
		assertThat(output.code()).isOne();
		assertThat(output.out()).startsWith("✗ ").contains("./platform up").hasLineCount(1);
	}

}
