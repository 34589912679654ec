package io.microplatform.acceptance.outage;

import java.time.Duration;
import java.time.Instant;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.TestRun;
import io.microplatform.lab.load.LoadReport;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.local.process.RunningProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of an outage of Redis: stopped, so that connections are refused, and paused, so
 * that connections hang.
 */
@AcceptanceTest
class RedisOutageTests {

	private static final Duration BEFORE = Duration.ofSeconds(2);

	private static final Duration OUTAGE = TestRun.lasting(Duration.ofSeconds(8), Duration.ofSeconds(30));

	private static final Duration AFTER = Duration.ofSeconds(3);

	private static final Duration FAST_ENOUGH = Duration.ofMillis(500);

	private final PrivatePlatform platform;

	RedisOutageTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	@AfterEach
	void startThePlatform() {
		this.platform.up();
	}

	@Test
	void noRequestFailsWhileRedisIsStopped() {
		RunningProcess redis = this.platform.process("redis");
		assertNoRequestFails(redis::kill, this.platform::up);
	}

	@Test
	void noRequestFailsWhileRedisHangs() {
		RunningProcess redis = this.platform.process("redis");
		assertNoRequestFails(redis::pause, redis::resume);
	}

	private void assertNoRequestFails(Runnable outage, Runnable repair) {
		try (BackgroundLoad load = new BackgroundLoad(this.platform)) {
			load.continueFor(BEFORE);
			Instant begin = Instant.now();
			LoadReport during;
			outage.run();
			try {
				load.continueFor(OUTAGE);
				load.assertEveryOrderIsConfirmed();
				during = load.between(begin, Instant.now());
			}
			finally {
				repair.run();
			}
			load.continueFor(AFTER);
			LoadReport all = load.stop();
			assertThat(all.kinds()).as(all.toString()).containsOnlyKeys("200", "201");
			if (TestRun.isFull()) {
				assertThat(during.latencies().p99()).as(during.toString()).isLessThan(FAST_ENOUGH);
			}
		}
	}

}
