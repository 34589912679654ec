package io.microplatform.gateway.problem;

import java.time.Duration;

import io.microplatform.instance.problem.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

class RefusedRequestExceptionTests {

	@ParameterizedTest
	@CsvSource({ "PT0S, 1", "PT0.001S, 1", "PT1S, 1", "PT1.000000001S, 2", "PT29.5S, 30", "PT1H, 3600" })
	void isRetriedAfterWholeSeconds(Duration after, String seconds) {
		RefusedRequestException refusal = RefusedRequestException.retryLater(ProblemKind.UNAVAILABLE, "Not now.",
				after);

		assertThat(refusal.headers().get(HttpHeaders.RETRY_AFTER)).containsExactly(seconds);
	}

	@Test
	void decidesWhatTheClientGetsAlsoAsACause() {
		RefusedRequestException refusal = RefusedRequestException.retryLater(ProblemKind.TOO_MANY_REQUESTS, "Too fast.",
				Duration.ofSeconds(3));
		Throwable failure = new IllegalStateException(refusal);

		assertThat(Errors.kindOf(failure, true)).isEqualTo(ProblemKind.TOO_MANY_REQUESTS);
		assertThat(Errors.detailOf(failure, ProblemKind.TOO_MANY_REQUESTS)).isEqualTo("Too fast.");
		assertThat(Errors.refusalIn(failure)).isSameAs(refusal);
	}

	@Test
	void costsNoStackTrace() {
		assertThat(new RefusedRequestException(ProblemKind.UNAVAILABLE, "Not now.", HttpHeaders.EMPTY).getStackTrace())
			.isEmpty();
	}

}
