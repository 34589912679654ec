package io.microplatform.starter.event;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import brave.Tags;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler.Cause;
import brave.propagation.TraceContext;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import zipkin2.reporter.BytesMessageSender;
import zipkin2.reporter.Encoding;
import zipkin2.reporter.brave.MutableSpanBytesEncoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class EventSpansTests {

	private static final TraceContext SAMPLED = TraceContext.newBuilder().traceId(1).spanId(2).sampled(true).build();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final Zipkin zipkin = new Zipkin();

	private final EventSpans spans = new EventSpans(this.zipkin,
			MutableSpanBytesEncoder.create(Encoding.JSON, Tags.ERROR), this.meters);

	@Test
	void spansOfEventsAreDeliveredTogetherAndNotHandedOn() {
		assertThat(end("event.id")).isFalse();
		assertThat(end("event.id")).isFalse();
		assertThat(this.zipkin.messages).isEmpty();
		this.spans.deliver();
		assertThat(this.zipkin.messages).containsExactly(2);
		this.spans.deliver();
		assertThat(this.zipkin.messages).containsExactly(2);
		assertThat(dropped()).isZero();
	}

	@Test
	void otherSpansAndTracesThatAreNotSampledAreHandedOn() {
		assertThat(end("http.url")).isTrue();
		TraceContext local = SAMPLED.toBuilder().sampled(false).sampledLocal(true).build();
		assertThat(this.spans.end(local, span("event.id"), Cause.FINISHED)).isTrue();
		this.spans.deliver();
		assertThat(this.zipkin.messages).isEmpty();
	}

	@Test
	void afterAFailureSpansAreDeliveredInTheBackground() {
		this.zipkin.refuses.set(true);
		end("event.id");
		this.spans.deliver();
		assertThat(end("event.id")).isFalse();
		this.spans.deliver();
		assertThat(this.zipkin.messages).isEmpty();
		this.zipkin.refuses.set(false);
		await().untilAsserted(() -> assertThat(this.zipkin.messages).containsExactly(2));
		assertThat(dropped()).isZero();
	}

	@Test
	@Timeout(5)
	void waitsOnceAndBrieflyForAHangingServer() {
		this.zipkin.hang();
		for (int i = 0; i < 100; i++) {
			end("event.id");
			this.spans.deliver();
		}
		assertThat(dropped()).isZero();
	}

	@Test
	@Timeout(5)
	void doesNotWaitForAServerThatIsSlowAgainAndAgain() {
		this.zipkin.latency = Duration.ofMillis(200);
		for (int i = 0; i < 50; i++) {
			end("event.id");
			this.spans.deliver();
		}
		assertThat(this.zipkin.messages).hasSizeLessThan(10);
		assertThat(dropped()).isZero();
	}

	@Test
	void waitsForASpanThatAnotherThreadDelivers() throws InterruptedException {
		CountDownLatch answer = this.zipkin.hang();
		end("event.id");
		Thread first = Thread.startVirtualThread(this.spans::deliver);
		await().until(() -> this.zipkin.asked.getCount() == 0);
		Thread second = Thread.startVirtualThread(this.spans::deliver);
		await().until(() -> second.getState() == Thread.State.WAITING || !second.isAlive());
		// It ends first only if it does not wait, or after the limit.
		assertThat(second.isAlive() || this.zipkin.messages.isEmpty()).isTrue();
		answer.countDown();
		second.join();
		first.join();
		await().untilAsserted(() -> assertThat(this.zipkin.messages).isNotEmpty());
	}

	private boolean end(String tag) {
		return this.spans.end(SAMPLED, span(tag), Cause.FINISHED);
	}

	private static MutableSpan span(String tag) {
		MutableSpan span = new MutableSpan(SAMPLED, null);
		span.tag(tag, "x");
		return span;
	}

	private double dropped() {
		return this.meters.get("tracing.spans.dropped").counter().count();
	}

	/** Records the number of spans in each message. */
	private static final class Zipkin extends BytesMessageSender.Base {

		private final List<Integer> messages = new CopyOnWriteArrayList<>();

		private final AtomicBoolean refuses = new AtomicBoolean();

		private final CountDownLatch asked = new CountDownLatch(1);

		private volatile CountDownLatch answer = new CountDownLatch(0);

		private volatile Duration latency = Duration.ZERO;

		Zipkin() {
			super(Encoding.JSON);
		}

		CountDownLatch hang() {
			this.answer = new CountDownLatch(1);
			return this.answer;
		}

		@Override
		public int messageMaxBytes() {
			return 500_000;
		}

		@Override
		public void send(List<byte[]> encodedSpans) throws IOException {
			this.asked.countDown();
			try {
				this.answer.await();
				Thread.sleep(this.latency);
			}
			catch (InterruptedException ex) {
				throw new IOException(ex);
			}
			if (this.refuses.get()) {
				throw new IOException("Expected HTTP status 2xx, got 503");
			}
			this.messages.add(encodedSpans.size());
		}

		@Override
		public void close() {
			// Nothing is open.
		}

	}

}
