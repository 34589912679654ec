package io.microplatform.starter.event;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import zipkin2.reporter.BytesMessageSender;
import zipkin2.reporter.Encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SpanBacklogTests {

	private static final Duration PAUSE = Duration.ofMillis(10);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final AtomicInteger delivered = new AtomicInteger();

	private final AtomicInteger failures = new AtomicInteger();

	private final Semaphore answers = new Semaphore(0);

	private final SpanBacklog backlog = new SpanBacklog(new Zipkin(), PAUSE, this.meters);

	@Test
	void deliversAllSpansAfterFailures() {
		this.failures.set(3);
		this.answers.release(100);
		this.backlog.add(spans(500));
		await().untilAsserted(() -> assertThat(this.delivered).hasValue(500));
		this.backlog.add(spans(1));
		await().untilAsserted(() -> assertThat(this.delivered).hasValue(501));
		assertThat(dropped()).isZero();
	}

	@Test
	void dropsAndCountsTheSpansBeyondTheMaximum() {
		this.backlog.add(spans(1));
		await().until(this.answers::hasQueuedThreads);
		this.backlog.add(spans(SpanBacklog.MAX_SPANS + 7));
		assertThat(dropped()).isEqualTo(7);
		this.answers.release(1000);
		await().untilAsserted(() -> assertThat(this.delivered).hasValue(SpanBacklog.MAX_SPANS + 1));
	}

	private static List<byte[]> spans(int count) {
		return Collections.nCopies(count, new byte[0]);
	}

	private double dropped() {
		return this.meters.get("tracing.spans.dropped").counter().count();
	}

	/** Answers a message for each permit, after some failures. */
	private final class Zipkin extends BytesMessageSender.Base {

		Zipkin() {
			super(Encoding.JSON);
		}

		@Override
		public int messageMaxBytes() {
			return 500_000;
		}

		@Override
		public void send(List<byte[]> encodedSpans) throws IOException {
			SpanBacklogTests.this.answers.acquireUninterruptibly();
			if (SpanBacklogTests.this.failures.getAndUpdate((count) -> Math.max(0, count - 1)) > 0) {
				throw new IOException("Expected HTTP status 2xx, got 503");
			}
			SpanBacklogTests.this.delivered.addAndGet(encodedSpans.size());
		}

		@Override
		public void close() {
			// Nothing is open.
		}

	}

}
