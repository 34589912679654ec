package io.microplatform.acceptance.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The events tell of one outcome for each order, however often they were sent.
 *
 * @param orders the topic {@code orders}
 */
record OutcomeCheck(Topic orders) implements Check {

	private static final Set<String> OUTCOMES = Set.of("order.confirmed", "order.rejected");

	private static final JsonFactory JSON = new JsonFactory();

	@Override
	public Finding look() {
		Map<Long, UUID> outcomes = new HashMap<>();
		List<String> offences = new ArrayList<>();
		this.orders.read((message) -> {
			if (OUTCOMES.contains(Topic.header(message, "ce_type"))) {
				learn(message, outcomes, offences);
			}
		});
		return new Finding("the events tell of one outcome for each order", outcomes.size(), "decided orders",
				offences);
	}

	private static void learn(ConsumerRecord<byte[], byte[]> message, Map<Long, UUID> outcomes, List<String> offences) {
		long order = orderId(message.value());
		UUID event = UUID.fromString(Topic.header(message, "ce_id"));
		@Nullable UUID before = outcomes.putIfAbsent(order, event);
		if (before != null && !before.equals(event)) {
			offences.add("order %d: the events %s and %s both tell of an outcome".formatted(order, before, event));
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
