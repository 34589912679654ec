package io.microplatform.starter.test;

import java.util.List;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The extremes of what a schema of an event's data allows.
 *
 * @param schema of an object with simple properties
 */
record EventExamples(JsonNode schema) {

	/** The smallest, the largest, and the largest with unknown members. */
	List<String> all() {
		ObjectNode smallest = JsonMapper.shared().createObjectNode();
		ObjectNode largest = JsonMapper.shared().createObjectNode();
		this.schema.path("properties").forEachEntry((name, property) -> {
			List<String> required = this.schema.path("required").valueStream().map(JsonNode::asString).toList();
			if (required.contains(name)) {
				smallest.set(name, values(property).getFirst());
			}
			largest.set(name, values(property).getLast());
		});
		ObjectNode extended = largest.deepCopy();
		extended.putObject("unknown").put("to", "all");
		return Stream.of(smallest, largest, extended).map(Object::toString).toList();
	}

	private static List<JsonNode> values(JsonNode property) {
		if (property.has("enum")) {
			return property.path("enum").valueStream().toList();
		}
		JsonMapper json = JsonMapper.shared();
		return switch (property.path("type").asString()) {
			case "integer" -> List.of(property.path("minimum"), property.path("maximum"));
			case "number" ->
				List.of(property.path("minimum"), json.readTree("12345678901234567.89"), json.readTree("12e3"));
			case "string" -> property.path("format").asString("").equals("date-time")
					? List.of(json.valueToTree("2026-01-01T00:00:00Z"),
							json.valueToTree("2026-01-01T00:00:00.123456789Z"))
					: List.of(json.valueToTree("x"),
							json.valueToTree("\uD83D\uDE80".repeat(property.path("maxLength").asInt(1000))));
			default -> throw new IllegalArgumentException("No example of " + property);
		};
	}

}
