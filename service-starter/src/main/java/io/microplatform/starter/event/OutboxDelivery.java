package io.microplatform.starter.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import io.microplatform.instance.configuration.Refreshable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes one batch of the outbox: keys concurrently, and the events of a key one after
 * the other, each only once the one before it is acknowledged. An event therefore never
 * precedes earlier events of its key in a topic, however many instances publish at the
 * same time and wherever one of them was stopped; what a slow instance still publishes
 * only repeats.
 */
final class OutboxDelivery {

	/** What became of a batch. */
	enum Outcome {

		/** There was nothing, or only what another relay is sending. */
		NOTHING_DUE,

		/** All that was due is sent. */
		DONE,

		/** As many were sent as a batch takes: there may be more. */
		MORE,

		/** The broker did not take some of it, for a reason that may pass. */
		STUCK

	}

	private static final Logger log = LoggerFactory.getLogger(OutboxDelivery.class);

	private final OutboxTable table;

	private final OutboxPublisher publisher;

	private final Refreshable<OutboxProperties> properties;

	private final OutboxMetrics metrics;

	private final EventTracing tracing;

	OutboxDelivery(OutboxTable table, OutboxPublisher publisher, Refreshable<OutboxProperties> properties,
			OutboxMetrics metrics, EventTracing tracing) {
		this.table = table;
		this.publisher = publisher;
		this.properties = properties;
		this.metrics = metrics;
		this.tracing = tracing;
	}

	/** Sends what is due; belongs in a transaction, whose end releases the keys. */
	Outcome deliver() {
		OutboxProperties rules = this.properties.get();
		List<Integer> locks = this.table.lock(rules.batchSize());
		if (locks.isEmpty()) {
			return Outcome.NOTHING_DUE;
		}
		// Read again: what was due may have been sent before it was locked.
		List<OutboxMessage> batch = this.table.due(locks, rules.batchSize());
		List<Sent> sent = send(batch, rules);
		this.tracing.deliver();
		this.table.markPublished(sent.stream().flatMap((key) -> key.published().stream()).toList());
		sent.forEach((key) -> putAside(key, rules));
		List<Sent> stuck = sent.stream().filter(Sent::isStuck).toList();
		if (stuck.isEmpty()) {
			return (batch.size() < rules.batchSize()) ? Outcome.DONE : Outcome.MORE;
		}
		log.warn("Events of {} keys, of {}, were not taken and will be sent again, the first because of {}",
				stuck.size(), sent.size(), stuck.getFirst().failure());
		return Outcome.STUCK;
	}

	private List<Sent> send(List<OutboxMessage> batch, OutboxProperties rules) {
		long end = System.nanoTime() + rules.batchTime().toNanos();
		Map<String, List<OutboxMessage>> keys = batch.stream()
			.collect(Collectors.groupingBy(OutboxMessage::messageKey, LinkedHashMap::new, Collectors.toList()));
		List<Future<Sent>> senders = new ArrayList<>();
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			keys.values().forEach((events) -> senders.add(executor.submit(() -> sendInOrder(events, end))));
		}
		return senders.stream().map(Future::resultNow).toList();
	}

	private Sent sendInOrder(List<OutboxMessage> events, long end) {
		List<OutboxMessage> published = new ArrayList<>();
		for (OutboxMessage event : events) {
			if (System.nanoTime() - end > 0) {
				break;
			}
			try {
				this.publisher.publish(event);
			}
			catch (RuntimeException ex) {
				this.metrics.failed();
				return new Sent(published, event, ex);
			}
			this.metrics.published();
			published.add(event);
		}
		return new Sent(published, null, null);
	}

	private void putAside(Sent sent, OutboxProperties rules) {
		if (sent.failed() == null || !(sent.failure() instanceof UndeliverableEventException)) {
			return;
		}
		OutboxMessage event = sent.failed();
		String error = String.valueOf(sent.failure().getMessage());
		if (event.attempts() + 1 < rules.maxAttempts()) {
			Duration delay = rules.retryDelay().multipliedBy(1L << event.attempts());
			this.table.postpone(event, error, delay);
			log.warn("Event {} cannot be sent and is tried again in {}: {}", event.eventId(), delay, error);
		}
		else {
			this.table.park(event, error);
			this.metrics.parked();
			log.error("Event {} cannot be sent and is parked; later events of key {} wait for it: {}", event.eventId(),
					event.messageKey(), error);
		}
	}

	/** What was sent of a key, and what was not, if anything, with the reason. */
	private record Sent(List<OutboxMessage> published, @Nullable OutboxMessage failed,
			@Nullable RuntimeException failure) {

		boolean isStuck() {
			return this.failure != null && !(this.failure instanceof UndeliverableEventException);
		}

	}

}
