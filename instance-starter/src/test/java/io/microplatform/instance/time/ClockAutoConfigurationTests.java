package io.microplatform.instance.time;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class ClockAutoConfigurationTests {

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ClockAutoConfiguration.class));

	@Test
	void itTicksAsPreciselyAsTheDatabaseKeeps() {
		this.contexts.run((context) -> {
			Instant now = context.getBean(Clock.class).instant();
			assertThat(now).isEqualTo(now.truncatedTo(ChronoUnit.MICROS));
		});
	}

	@Test
	void whoSetsTheTimeGetsIt() {
		Clock stopped = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
		this.contexts.withBean(Clock.class, () -> stopped)
			.run((context) -> assertThat(context).getBean(Clock.class).isSameAs(stopped));
	}

}
