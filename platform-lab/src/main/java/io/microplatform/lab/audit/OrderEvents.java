package io.microplatform.lab.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Events of the topic {@code orders}, read once. A message that is not an event becomes a
 * finding of its own and does not end the audit, because it stays in the topic until its
 * retention ends.
 */
final class OrderEvents {

	private static final String CREATED = "order.created";

	private static final Set<String> OUTCOMES = Set.of("order.confirmed", "order.rejected");

	private final Map<Long, OrderHistory> histories = new HashMap<>();

	private final List<String> offences = new ArrayList<>();

	/** Reasons by the place of the message. */
	private final Map<String, String> unreadable = new TreeMap<>();

	private long messages;

	/**
	 * Reads the current content of the topic.
	 * @param orders the topic {@code orders}
	 * @return the events
	 * @throws AuditUnavailableException if the broker does not answer
	 */
	static OrderEvents of(Topic orders) {
		OrderEvents events = new OrderEvents();
		orders.read(events::add);
		return events;
	}

	void add(ConsumerRecord<byte[], byte[]> message) {
		this.messages++;
		try {
			String type = EventMessage.type(message);
			if (type.equals(CREATED)) {
				long order = EventMessage.orderId(message);
				history(order).created(order, this.offences);
			}
			else if (OUTCOMES.contains(type)) {
				long order = EventMessage.orderId(message);
				UUID event = EventMessage.id(message);
				history(order).decided(order, event, this.offences);
			}
		}
		catch (UnreadableMessageException ex) {
			this.unreadable.put(
					String.format(Locale.ROOT, "%s/%d/%d", message.topic(), message.partition(), message.offset()),
					String.valueOf(ex.getMessage()));
		}
	}

	private OrderHistory history(long order) {
		return this.histories.computeIfAbsent(order, (id) -> new OrderHistory());
	}

	/**
	 * Checks that each order has a single outcome event, apart from repetitions, and that
	 * it follows the creation.
	 * @return the finding
	 */
	AuditFinding outcomes() {
		return new AuditFinding("outcomes", "every order has one outcome event, after its creation",
				this.histories.values().stream().filter((history) -> history.outcome != null).count(), "decided orders",
				List.copyOf(this.offences));
	}

	/** Whether every message is an event. */
	boolean areReadable() {
		return this.unreadable.isEmpty();
	}

	/**
	 * Checks that every message is an event.
	 * @param resolved the places of messages whose dead letters were replayed or
	 * discarded
	 * @return the finding
	 */
	AuditFinding readable(Set<String> resolved) {
		return new AuditFinding("messages", "every message of orders is an event", this.messages, "messages",
				this.unreadable.entrySet()
					.stream()
					.filter((message) -> !resolved.contains(message.getKey()))
					.map((message) -> "message %s: %s".formatted(message.getKey(), message.getValue()))
					.toList());
	}

	/**
	 * Events of one order. The topic may no longer contain the creation.
	 */
	private static final class OrderHistory {

		private boolean created;

		private @Nullable UUID outcome;

		private void created(long order, List<String> offences) {
			if (!this.created && this.outcome != null) {
				offences.add(String.format(Locale.ROOT, "order %d: the outcome precedes the creation", order));
			}
			this.created = true;
		}

		private void decided(long order, UUID event, List<String> offences) {
			if (this.outcome != null && !this.outcome.equals(event)) {
				offences.add(String.format(Locale.ROOT, "order %d: events %s and %s are both outcomes", order,
						this.outcome, event));
			}
			this.outcome = event;
		}

	}

}
