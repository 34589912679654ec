package io.microplatform.cli;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.microplatform.local.process.Jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JvmChoiceTests {

	@Test
	void theyStartSoonUnlessSomebodyWantsThemToCompileWell() throws CommandFailedException {
		assertThat(JvmChoice.of(Map.of())).isSameAs(Jvm.QUICK);
		assertThat(JvmChoice.of(Map.of(JvmChoice.VARIABLE, "quick"))).isSameAs(Jvm.QUICK);
		assertThat(JvmChoice.of(Map.of(JvmChoice.VARIABLE, "full"))).isSameAs(Jvm.FULL);
		assertThat(Jvm.QUICK.flags()).contains("-XX:TieredStopAtLevel=1");
		assertThat(Jvm.FULL.flags()).doesNotContain("-XX:TieredStopAtLevel=1");
	}

	@Test
	void otherWordsAreRefused() {
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> JvmChoice.of(Map.of(JvmChoice.VARIABLE, "FULL")))
			.withMessage("invalid value 'FULL' in PLATFORM_JVM: must be quick or full");
	}

}
