package io.microplatform.starter.web;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class WaitPreferenceTests {

	@Test
	void saysWhichTimeIsApplied() {
		assertThat(WaitPreference.parse(List.of("wait=3")).orElseThrow().applied()).isEqualTo("wait=3");
		assertThat(WaitPreference.parse(List.of("wait=100")).orElseThrow().applied()).isEqualTo("wait=10");
		assertThat(WaitPreference.parse(List.of("wait=1e3"))).isEmpty();
	}

	@Test
	void countsFromTheBeginning() {
		WaitPreference wait = WaitPreference.parse(List.of("wait=1")).orElseThrow();
		assertThat(wait.remaining()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(1));
		await().until(() -> wait.remaining().isZero());
	}

}
