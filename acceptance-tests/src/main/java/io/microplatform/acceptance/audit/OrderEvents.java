package io.microplatform.acceptance.audit;

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
 * The events of the topic {@code orders}, read once. A message that is not an event is a
 * finding of its own and does not end the audit: it stays in the topic until its
 * retention.
 */
final class OrderEvents {

	private static final String CREATED = "order.created";

	private static final Set<String> OUTCOMES = Set.of("order.confirmed", "order.rejected");

	private final Map<Long, Story> stories = new HashMap<>();

	private final List<String> offences = new ArrayList<>();

	/** The reason, by the place of the message. */
	private final Map<String, String> unreadable = new TreeMap<>();

	private long messages;

	/**
	 * Reads everything that is in the topic by now.
	 * @param orders the topic {@code orders}
	 * @return what the events tell
	 * @throws BooksClosedException when the broker does not answer
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
				story(order).created(order, this.offences);
			}
			else if (OUTCOMES.contains(type)) {
				long order = EventMessage.orderId(message);
				UUID event = EventMessage.id(message);
				story(order).decided(order, event, this.offences);
			}
		}
		catch (UnreadableMessageException ex) {
			this.unreadable.put(
					String.format(Locale.ROOT, "%s/%d/%d", message.topic(), message.partition(), message.offset()),
					String.valueOf(ex.getMessage()));
		}
	}

	private Story story(long order) {
		return this.stories.computeIfAbsent(order, (id) -> new Story());
	}

	/**
	 * The events tell of one outcome for each order, however often they were sent, and of
	 * its creation before that.
	 * @return the finding
	 */
	Finding outcomes() {
		return new Finding("the events tell of one outcome for each order, after its creation",
				this.stories.values().stream().filter((story) -> story.outcome != null).count(), "decided orders",
				List.copyOf(this.offences));
	}

	/** Whether every message is an event. */
	boolean areReadable() {
		return this.unreadable.isEmpty();
	}

	/**
	 * Every message is an event.
	 * @param settled places of messages whose dead letters were replayed or discarded
	 * @return the finding
	 */
	Finding readable(Set<String> settled) {
		return new Finding("every message of orders is an event", this.messages, "messages",
				this.unreadable.entrySet()
					.stream()
					.filter((message) -> !settled.contains(message.getKey()))
					.map((message) -> "message %s: %s".formatted(message.getKey(), message.getValue()))
					.toList());
	}

	/**
	 * What the events have told of an order so far. That it was created they may have
	 * told so long ago that the topic has forgotten.
	 */
	private static final class Story {

		private boolean created;

		private @Nullable UUID outcome;

		private void created(long order, List<String> offences) {
			if (!this.created && this.outcome != null) {
				offences.add(String.format(Locale.ROOT, "order %d: its outcome came before its creation", order));
			}
			this.created = true;
		}

		private void decided(long order, UUID event, List<String> offences) {
			if (this.outcome != null && !this.outcome.equals(event)) {
				offences.add(String.format(Locale.ROOT, "order %d: the events %s and %s both tell of an outcome", order,
						this.outcome, event));
			}
			this.outcome = event;
		}

	}

}
