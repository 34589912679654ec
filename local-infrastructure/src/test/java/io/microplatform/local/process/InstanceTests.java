package io.microplatform.local.process;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InstanceTests {

	@Test
	void anInstanceWithoutAPortAnswers() {
		Instance instance = new Instance("log-shipper", "log-shipper", 0, null, "", null, null);
		assertThat(instance.ports()).isEmpty();
		assertThat(instance.answers()).isTrue();
	}

}
