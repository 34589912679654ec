package io.microplatform.local.process;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JvmTests {

	@Test
	void aContainerTakesItsHeapFromItsLimit() {
		assertThat(Jvm.containerFlags()).contains("-XX:MaxRAMPercentage=40", "-Djava.io.tmpdir=/tmp")
			.noneMatch((flag) -> flag.startsWith("-Xmx"))
			.doesNotContain("-XX:+UseTransparentHugePages");
	}

	@Test
	void anOptionForExpertsFollowsTheOneThatUnlocksIt() {
		assertThat(Jvm.containerFlags()).containsSubsequence("-XX:+UnlockDiagnosticVMOptions",
				"-XX:ArchiveRelocationMode=0");
	}

	@Test
	void aContainerIsOtherwiseLikeAServerThatStays() {
		assertThat(Jvm.containerFlags()).containsAll(Jvm.FULL.flags()
			.stream()
			.filter((flag) -> !flag.startsWith("-Xmx") && !flag.contains("TransparentHugePages"))
			.toList());
	}

}
