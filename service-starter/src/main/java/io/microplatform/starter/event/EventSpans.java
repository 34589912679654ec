package io.microplatform.starter.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import zipkin2.reporter.BytesEncoder;
import zipkin2.reporter.BytesMessageSender;

/**
 * A {@link SpanHandler} that delivers the spans of events before the events are marked as
 * published or acknowledged, so that a crash loses none of these spans. All other spans
 * are sent in the background, and a crash loses those of the last second. Events that end
 * at the same time share a delivery.
 * <p>
 * After a delivery that fails or takes longer than 500 ms, no event waits for 5 s: the
 * spans are delivered in the background, as often as it takes, in a {@link SpanBacklog}.
 * A server that receives a span twice shows it once. Thread-safe.
 */
final class EventSpans extends SpanHandler {

	private static final Logger log = LoggerFactory.getLogger(EventSpans.class);

	private static final Duration TIMEOUT = Duration.ofMillis(500);

	private static final Duration PAUSE = Duration.ofSeconds(5);

	/** A server that is well takes less. */
	private static final Duration SLOW = Duration.ofMillis(50);

	private final Queue<byte[]> ended = new ConcurrentLinkedQueue<>();

	/** How many spans have ended that are neither delivered nor in the backlog yet. */
	private final AtomicInteger undelivered = new AtomicInteger();

	private final ReentrantLock delivery = new ReentrantLock();

	private final BytesMessageSender sender;

	private final BytesEncoder<MutableSpan> encoder;

	private final SpanBacklog backlog;

	private volatile long resumeAt = System.nanoTime();

	/** Nanoseconds; how much longer than {@link #SLOW} recent deliveries took. */
	private long excess;

	private long lastDelivery = System.nanoTime();

	EventSpans(BytesMessageSender sender, BytesEncoder<MutableSpan> encoder, MeterRegistry meters) {
		this.sender = sender;
		this.encoder = encoder;
		this.backlog = new SpanBacklog(sender, PAUSE, meters);
	}

	@Override
	public boolean end(TraceContext context, MutableSpan span, Cause cause) {
		if (span.tag(EventSpan.EVENT_ID) == null || !Boolean.TRUE.equals(context.sampled())) {
			return true;
		}
		byte[] encoded = this.encoder.encode(span);
		if (isPaused()) {
			this.backlog.add(List.of(encoded));
			return false;
		}
		this.undelivered.incrementAndGet();
		this.ended.add(encoded);
		return false;
	}

	/** Delivers the ended spans. Returns when they are delivered or in the backlog. */
	void deliver() {
		// Waits even if no spans are left: another thread may be delivering them.
		if (this.undelivered.get() == 0) {
			return;
		}
		this.delivery.lock();
		List<byte[]> spans = new ArrayList<>();
		try {
			for (byte[] span = this.ended.poll(); span != null; span = this.ended.poll()) {
				spans.add(span);
			}
			if (!spans.isEmpty() && (isPaused() || !isDelivered(spans))) {
				this.backlog.add(spans);
			}
		}
		finally {
			this.undelivered.addAndGet(-spans.size());
			this.delivery.unlock();
		}
	}

	private boolean isPaused() {
		return System.nanoTime() - this.resumeAt < 0;
	}

	private boolean isDelivered(List<byte[]> spans) {
		FutureTask<Boolean> sending = new FutureTask<>(() -> {
			this.sender.send(spans);
			return true;
		});
		long begin = System.nanoTime();
		Thread.ofVirtual().name("event-spans").start(sending);
		try {
			boolean isDelivered = sending.get(TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
			pauseIfSlow(begin);
			return isDelivered;
		}
		catch (ExecutionException ex) {
			pause(String.valueOf(ex.getCause()));
		}
		catch (TimeoutException ex) {
			pause("no answer within " + TIMEOUT);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			sending.cancel(true);
		}
		return false;
	}

	/** Several slow answers delay as many events as no answer. */
	private void pauseIfSlow(long begin) {
		long now = System.nanoTime();
		this.excess = Math.max(0, this.excess - (begin - this.lastDelivery))
				+ Math.max(0, now - begin - SLOW.toNanos());
		this.lastDelivery = now;
		if (this.excess > TIMEOUT.toNanos()) {
			this.excess = 0;
			pause("slow answers");
		}
	}

	private void pause(String reason) {
		this.resumeAt = System.nanoTime() + PAUSE.toNanos();
		log.warn("Could not deliver the spans of events; events do not wait for spans for {}: {}", PAUSE, reason);
	}

}
