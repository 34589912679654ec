package io.microplatform.acceptance.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.FullRun;
import io.microplatform.acceptance.fixture.Installed;
import io.microplatform.lab.platform.CommandOutput;
import io.microplatform.lab.platform.PrivatePlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests the commands that take the base URL of a platform elsewhere.
 */
@AcceptanceTest
class BaseUrlTests {

	private static final List<String> STORES = List.of("PLATFORM_DATABASE_ADMIN_PASSWORD",
			"PLATFORM_KAFKA_ADMIN_PASSWORD");

	private final PrivatePlatform platform;

	private final String url;

	private final String database;

	private final String kafka;

	BaseUrlTests(PrivatePlatform platform) {
		this.platform = platform;
		this.url = platform.gateway().toString();
		this.database = "127.0.0.1:" + platform.processes().recordOf("postgresql").port();
		this.kafka = "localhost:" + platform.processes().recordOf("kafka").port();
	}

	@Test
	void theDemoNeedsTheGatewayOnly() {
		CommandOutput demo = this.platform.run("demo", "--base-url", this.url + "/");
		assertThat(demo.exitCode()).as(demo.text()).isZero();
		assertThat(demo.text()).contains("CONFIRMED", "REJECTED", "404", "401", "- Events on Kafka", "left out")
			.doesNotContain("✗", "Exception", "order.created", "is scaled", "cache hits ");
		assertThat(demo.lastLine()).contains(this.url);
	}

	@Test
	void theScriptVerifiesWithAFileForEachSecret(@TempDir Path secrets) throws IOException {
		assumeThat(Installed.program("curl")).as("curl is installed").isPresent();
		for (String name : STORES) {
			Files.writeString(secrets.resolve(name), this.platform.secret(name));
		}
		CommandOutput verified = this.platform
			.runShell("deploy/verify.sh '%s' --wait 30 --database '%s' --kafka '%s' --secrets '%s'".formatted(this.url,
					this.database, this.kafka, secrets));
		assertThat(verified.exitCode()).as(verified.text()).isZero();
		assertThat(verified.text()).contains("✓ Kafka has every event once", "the books balance", "is verified");
	}

	@Test
	void theAuditReadsTheStores() {
		CommandOutput audit = this.platform.run("audit", "--json", "--base-url", this.url, "--database", this.database,
				"--kafka", this.kafka, "--secrets", this.platform.state().resolve("secrets.env").toString());
		assertThat(audit.exitCode()).as(audit.text()).isZero();
		assertThat(JsonMapper.shared().readTree(audit.text()).path("clean").asBoolean()).isTrue();
	}

	@Test
	@FullRun
	void theLoadOfADrillCountsFailures() {
		CommandOutput drill = this.platform.run("drill", "load", "--rate", "10", "--base-url", this.url);
		assertThat(drill.exitCode()).as(drill.text()).isZero();
		assertThat(drill.text()).contains("not audited", "0 of ", "requests failed").doesNotContain("✗");
	}

}
