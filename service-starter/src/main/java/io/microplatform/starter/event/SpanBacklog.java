package io.microplatform.starter.event;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import zipkin2.reporter.BytesMessageSender;

/**
 * Spans that could not be delivered at once. A virtual thread delivers them in batches
 * until there are none left. A crash loses them. Beyond {@link #MAX_SPANS}, further spans
 * are dropped and counted. Thread-safe.
 */
final class SpanBacklog {

	private static final Logger log = LoggerFactory.getLogger(SpanBacklog.class);

	/** About 10 MB. */
	static final int MAX_SPANS = 20_000;

	/** Well below the maximum size of a message. */
	private static final int BATCH = 200;

	private final BlockingQueue<byte[]> spans = new LinkedBlockingQueue<>(MAX_SPANS);

	private final AtomicBoolean isDelivering = new AtomicBoolean();

	private final BytesMessageSender sender;

	private final Duration pause;

	private final Counter dropped;

	/**
	 * Creates an empty backlog.
	 * @param sender delivers the spans
	 * @param pause the time before the first delivery, and after each that fails
	 * @param meters the registry of the counter of dropped spans
	 */
	SpanBacklog(BytesMessageSender sender, Duration pause, MeterRegistry meters) {
		this.sender = sender;
		this.pause = pause;
		this.dropped = Counter.builder("tracing.spans.dropped")
			.description("Spans of events that were dropped because too many were waiting for their delivery")
			.register(meters);
	}

	/** Adds encoded spans. Does not block. */
	void add(List<byte[]> encoded) {
		for (byte[] span : encoded) {
			if (!this.spans.offer(span)) {
				this.dropped.increment();
			}
		}
		startDelivery();
	}

	private void startDelivery() {
		if (!this.spans.isEmpty() && this.isDelivering.compareAndSet(false, true)) {
			Thread.ofVirtual().name("span-backlog").start(this::deliver);
		}
	}

	private void deliver() {
		try {
			Thread.sleep(this.pause);
			List<byte[]> batch = new ArrayList<>();
			while (!batch.isEmpty() || this.spans.drainTo(batch, BATCH) > 0) {
				if (isDelivered(batch)) {
					batch.clear();
				}
				else {
					Thread.sleep(this.pause);
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.isDelivering.set(false);
		}
		// A span may have been added after the last look.
		startDelivery();
	}

	private boolean isDelivered(List<byte[]> batch) {
		try {
			this.sender.send(batch);
			return true;
		}
		catch (IOException | RuntimeException ex) {
			log.debug("Could not deliver {} spans, trying again in {}", batch.size(), this.pause, ex);
			return false;
		}
	}

}
