package io.microplatform.starter.test;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares a schema of events with what readers were promised before. Properties may be
 * added and descriptions changed; whatever else was said of a property must still be said
 * so, and what was always there must always be there.
 *
 * @param released what was promised
 * @param present what is going to be
 */
public record EventCompatibility(JsonNode released, JsonNode present) {

	/** What breaks a reader that relies on the promise. */
	public List<String> breaks() {
		List<String> breaks = new ArrayList<>();
		List<JsonNode> required = this.present.path("required").valueStream().toList();
		this.released.path("required")
			.valueStream()
			.filter((name) -> !required.contains(name))
			.forEach((name) -> breaks.add(name.asString() + " is not required any more"));
		this.released.path("properties").forEachEntry((name, before) -> {
			JsonNode now = this.present.path("properties").path(name);
			if (now.isMissingNode()) {
				breaks.add(name + " is gone");
			}
			else if (!withoutDescription(before).equals(withoutDescription(now))) {
				breaks.add("%s was %s and is %s".formatted(name, before, now));
			}
		});
		return breaks;
	}

	private static JsonNode withoutDescription(JsonNode property) {
		ObjectNode copy = (ObjectNode) property.deepCopy();
		copy.remove("description");
		return copy;
	}

}
