package io.microplatform.acceptance.log;

import java.time.Instant;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line of an instance's log.
 *
 * @param json the line
 */
record LogLine(JsonNode json) {

	static List<LogLine> of(String text) {
		return text.lines().map((line) -> new LogLine(JsonMapper.shared().readTree(line))).toList();
	}

	/** Returns a dotted or nested field, or an empty string if it is absent. */
	String field(String name) {
		JsonNode dotted = this.json.path(name);
		return (dotted.isMissingNode() ? this.json.at("/" + name.replace('.', '/')) : dotted).asString("");
	}

	Instant time() {
		return Instant.parse(field("@timestamp"));
	}

}
