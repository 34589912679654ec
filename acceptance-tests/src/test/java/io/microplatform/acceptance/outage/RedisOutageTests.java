package io.microplatform.acceptance.outage;

import java.time.Duration;
import java.time.Instant;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.TestRun;
import io.microplatform.acceptance.load.LoadReport;
import io.microplatform.acceptance.platform.PrivatePlatform;
import io.microplatform.local.process.RunningProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The cache away: stopped, when connections are refused, and hung, when they are open but
 * nothing answers.
 */
@AcceptanceTest
class RedisOutageTests {

	private static final Duration BEFORE = Duration.ofSeconds(2);

	private static final Duration AWAY = TestRun.lasting(Duration.ofSeconds(8), Duration.ofSeconds(30));

	private static final Duration AFTER = Duration.ofSeconds(3);

	private static final Duration FAST_ENOUGH = Duration.ofMillis(500);

	private final PrivatePlatform platform;

	RedisOutageTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	@AfterEach
	void leaveThePlatformRunning() {
		this.platform.up();
	}

	@Test
	void nobodyNoticesThatItIsStopped() {
		RunningProcess redis = this.platform.process("redis");
		nobodyNotices(redis::kill, this.platform::up);
	}

	@Test
	void nobodyNoticesThatItHangs() {
		RunningProcess redis = this.platform.process("redis");
		nobodyNotices(redis::pause, redis::resume);
	}

	private void nobodyNotices(Runnable goesAway, Runnable comesBack) {
		try (Browsing browsing = new Browsing(this.platform)) {
			browsing.goesOnFor(BEFORE);
			Instant begin = Instant.now();
			LoadReport outage;
			goesAway.run();
			try {
				browsing.goesOnFor(AWAY);
				browsing.everyOrderIsConfirmed();
				outage = browsing.between(begin, Instant.now());
			}
			finally {
				comesBack.run();
			}
			browsing.goesOnFor(AFTER);
			LoadReport all = browsing.stop();
			assertThat(all.kinds()).as(all.toString()).containsOnlyKeys("200", "201");
			if (TestRun.isFull()) {
				assertThat(outage.latencies().p99()).as(outage.toString()).isLessThan(FAST_ENOUGH);
			}
		}
	}

}
