package io.microplatform.acceptance.chaos;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ScheduleTests {

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 2, 3 })
	void everyPartIsStruck(long seed) {
		Schedule schedule = Schedule.of(seed, Duration.ofMinutes(5));
		assertThat(schedule.faults()).hasSize(15).extracting(Fault::part).containsAll(Schedule.PARTS);
		assertThat(schedule.faults()).anyMatch(Fault::kills).anyMatch((fault) -> !fault.kills());
	}

	@Test
	void theSameSeedGivesTheSameFaults() {
		assertThat(Schedule.of(7, Duration.ofMinutes(5))).isEqualTo(Schedule.of(7, Duration.ofMinutes(5)))
			.isNotEqualTo(Schedule.of(8, Duration.ofMinutes(5)));
	}

	@Test
	void aShortTimeStillHasEveryPart() {
		Schedule schedule = Schedule.of(1, Duration.ofSeconds(40));
		assertThat(schedule.faults()).hasSameSizeAs(Schedule.PARTS);
		assertThat(schedule.interval()).isEqualTo(Duration.ofSeconds(5));
	}

}
