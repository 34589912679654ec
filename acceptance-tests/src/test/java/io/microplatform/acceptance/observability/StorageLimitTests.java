package io.microplatform.acceptance.observability;

import java.net.URI;
import java.util.Objects;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.platform.PrivatePlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the programs of the running platform limit what they store. The tests of
 * local-infrastructure test PostgreSQL, Redis and Kafka.
 */
@AcceptanceTest
class StorageLimitTests {

	private final PrivatePlatform platform;

	StorageLimitTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	@Test
	@EnabledIf("io.microplatform.acceptance.fixture.Installed#prometheus")
	void prometheusLimitsTheAgeAndTheSizeOfItsData() {
		URI prometheus = URI.create(this.platform.processes().recordOf("prometheus").url());
		assertThat(PlatformClient.of(prometheus)
			.get("/api/v1/status/runtimeinfo")
			.expect(200)
			.json()
			.at("/data/storageRetention")
			.stringValue("")).matches("15d or 2Gi?B");
	}

	@Test
	void zipkinLimitsTheNumberOfSpans() {
		assertThat(Objects.requireNonNull(this.platform.processes().recordOf("zipkin").command()))
			.contains("--zipkin.storage.mem.max-spans=100000");
	}

	@Test
	void noJvmWritesDumpsOrLogsOfItsOwn() {
		assertThat(this.platform.processes().processes()).isNotEmpty()
			.allSatisfy((process) -> assertThat(Objects.requireNonNull(process.command())).doesNotContain("HeapDump",
					"-Xlog", "-verbose:gc", "FlightRecord"));
	}

}
