package io.microplatform.starter.problem;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TraceIdsTests {

	@Test
	void aTraceparentGivesItsTraceId() {
		assertThat(TraceIds.fromHeader("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
			.isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
	}

	@Test
	void withoutOneThereIsANewOne() {
		assertThat(TraceIds.fromHeader(null)).matches("[0-9a-f]{32}").isNotEqualTo(TraceIds.fromHeader(null));
	}

	@Test
	void nonsenseIsNotRepeated() {
		assertThat(TraceIds.fromHeader("00-\"}<script>-00f067aa0ba902b7-01")).matches("[0-9a-f]{32}");
	}

}
