package io.microplatform.starter.test;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DesignTests {

	@Test
	void theStarterKeepsToIt() {
		Design.check("io.microplatform.starter", "io.microplatform.user..", "io.microplatform.order..");
	}

	@Test
	void whatDoesNotKeepToItIsFound() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> Design.check("io.microplatform.starter", "io.microplatform.starter.time.."))
			.withMessageContaining("services share messages, not classes");
	}

}
