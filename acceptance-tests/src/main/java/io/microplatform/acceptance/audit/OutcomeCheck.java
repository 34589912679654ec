package io.microplatform.acceptance.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The events tell of one outcome for each order, however often they were sent, and of its
 * creation before that.
 *
 * @param orders the topic {@code orders}
 */
record OutcomeCheck(Topic orders) implements Check {

	private static final String CREATED = "order.created";

	private static final Set<String> OUTCOMES = Set.of("order.confirmed", "order.rejected");

	private static final JsonFactory JSON = new JsonFactory();

	@Override
	public Finding look() {
		Map<Long, Story> stories = new HashMap<>();
		List<String> offences = new ArrayList<>();
		this.orders.read((message) -> {
			String type = Topic.header(message, "ce_type");
			long order = orderId(message.value());
			Story story = stories.computeIfAbsent(order, (id) -> new Story());
			if (type.equals(CREATED)) {
				story.created(order, offences);
			}
			else if (OUTCOMES.contains(type)) {
				story.decided(order, UUID.fromString(Topic.header(message, "ce_id")), offences);
			}
		});
		return new Finding("the events tell of one outcome for each order, after its creation",
				stories.values().stream().filter((story) -> story.outcome != null).count(), "decided orders", offences);
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
				offences.add("order %d: its outcome came before its creation".formatted(order));
			}
			this.created = true;
		}

		private void decided(long order, UUID event, List<String> offences) {
			if (this.outcome != null && !this.outcome.equals(event)) {
				offences.add(
						"order %d: the events %s and %s both tell of an outcome".formatted(order, this.outcome, event));
			}
			this.outcome = event;
		}

	}

	/** Reads no further than it must: there may be millions. */
	private static long orderId(byte[] data) {
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), data)) {
			while (parser.nextToken() != null) {
				if (parser.currentToken() == JsonToken.PROPERTY_NAME && parser.currentName().equals("orderId")) {
					parser.nextToken();
					return parser.getLongValue();
				}
			}
		}
		return 0;
	}

}
