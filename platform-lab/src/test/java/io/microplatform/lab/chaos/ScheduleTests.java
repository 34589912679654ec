package io.microplatform.lab.chaos;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ScheduleTests {

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 2, 3 })
	void everyComponentIsAffected(long seed) {
		Schedule schedule = Schedule.of(seed, Duration.ofMinutes(5));
		assertThat(schedule.faults()).hasSize(15).extracting(Fault::component).containsAll(Schedule.COMPONENTS);
		assertThat(schedule.faults()).anyMatch(Fault::kills).anyMatch((fault) -> !fault.kills());
	}

	@Test
	void theSameSeedProducesTheSameFaults() {
		assertThat(Schedule.of(7, Duration.ofMinutes(5))).isEqualTo(Schedule.of(7, Duration.ofMinutes(5)))
			.isNotEqualTo(Schedule.of(8, Duration.ofMinutes(5)));
	}

	@Test
	void aShortScheduleStillAffectsEveryComponent() {
		Schedule schedule = Schedule.of(1, Duration.ofSeconds(40));
		assertThat(schedule.faults()).hasSameSizeAs(Schedule.COMPONENTS);
		assertThat(schedule.interval()).isEqualTo(Duration.ofSeconds(5));
	}

}
