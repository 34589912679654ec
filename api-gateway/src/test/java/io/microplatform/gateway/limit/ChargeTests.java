package io.microplatform.gateway.limit;

import java.time.Duration;

import io.microplatform.gateway.problem.RefusedRequestException;
import io.microplatform.instance.limit.Decision;
import io.microplatform.instance.limit.Limit;
import io.microplatform.instance.problem.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

class ChargeTests {

	private static final Limit LIMIT = new Limit(100, Duration.ofSeconds(1), 300);

	@ParameterizedTest
	@CsvSource({ "100, PT1S, 300, 3", "2, PT1S, 200, 100", "100, PT1S, 100, 1", "100, PT1S, 250, 3",
			"10, PT15M, 10, 900", "3, PT1S, 10, 4", "1000000, P1D, 1000000, 86400" })
	void theWindowIsTheTimeInWhichAnEmptyBucketFills(int requests, Duration per, int burst, long seconds) {
		assertThat(new AppliedLimit("users", "7", new Limit(requests, per, burst)).window()).isEqualTo(seconds);
	}

	@Test
	void anAnswerDescribesItsLimit() {
		HttpHeaders headers = new HttpHeaders();
		new Charge(new AppliedLimit("users", "7", LIMIT), new Decision(true, 299, Duration.ZERO, Duration.ofMillis(10)))
			.describe(headers);

		assertThat(headers.get("RateLimit-Policy")).containsExactly("\"users\";q=300;w=3");
		assertThat(headers.get("RateLimit")).containsExactly("\"users\";r=299;t=1");
	}

	@Test
	void aRefusalSaysWhenToTryAgain() {
		Charge charge = new Charge(new AppliedLimit("users", "7", LIMIT),
				new Decision(false, 0, Duration.ofMillis(10), Duration.ofSeconds(3)));

		assertThat(charge.isRefused()).isTrue();
		RefusedRequestException refusal = charge.refusal();
		assertThat(refusal.kind()).isEqualTo(ProblemKind.TOO_MANY_REQUESTS);
		assertThat(refusal.detail()).isEqualTo("More than 300 requests in 3 s. Try again in 1 s.");
		assertThat(refusal.headers().get(HttpHeaders.RETRY_AFTER)).containsExactly("1");
	}

}
