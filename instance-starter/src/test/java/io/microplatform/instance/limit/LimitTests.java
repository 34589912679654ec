package io.microplatform.instance.limit;

import java.time.Duration;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LimitTests {

	private static final ValidatorFactory FACTORY = Validation.buildDefaultValidatorFactory();

	private static final Validator VALIDATOR = FACTORY.getValidator();

	@AfterAll
	static void close() {
		FACTORY.close();
	}

	@ParameterizedTest
	@CsvSource({ "1, PT1S, 1", "100, PT1S, 300", "10, PT15M, 10", "1000000, P1D, 1000000" })
	void aLimitHasABurstOfAtLeastItsRequests(int requests, Duration per, int burst) {
		assertThat(VALIDATOR.validate(new Limit(requests, per, burst))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "0, PT1S, 1, requests", "1000001, PT1S, 1000000, requests", "1, PT0.999S, 1, per",
			"1, PT24H0.001S, 1, per", "1, PT1S, 0, burst", "2, PT1S, 1, burstEnough" })
	void anotherIsRefused(int requests, Duration per, int burst, String property) {
		assertThat(VALIDATOR.validate(new Limit(requests, per, burst)))
			.anyMatch((violation) -> violation.getPropertyPath().toString().equals(property));
	}

	@Test
	void anEmptyBucketFillsAtTheRateOfTheRequests() {
		assertThat(new Limit(2, Duration.ofSeconds(1), 200).timeToFill()).isEqualTo(Duration.ofSeconds(100));
		assertThat(new Limit(3, Duration.ofSeconds(1), 10).timeFor(1)).isEqualTo(Duration.ofNanos(333_333_333));
	}

}
