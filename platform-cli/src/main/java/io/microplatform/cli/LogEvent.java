package io.microplatform.cli;

import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.microplatform.cli.LogTail.LogLine;

/**
 * A structured log line: fields of the Elastic Common Schema, as JSON.
 *
 * @param line the line
 * @param fields its fields
 */
record LogEvent(LogLine line, JsonNode fields) {

	/**
	 * Reads a line.
	 * @return the event; empty for a plain-text line or a truncated one
	 */
	static Optional<LogEvent> of(LogLine line) {
		if (!line.text().startsWith("{")) {
			return Optional.empty();
		}
		try {
			return Optional.of(JsonMapper.shared().readTree(line.text()))
				.filter((fields) -> fields.has("@timestamp"))
				.map((fields) -> new LogEvent(line, fields));
		}
		catch (JacksonException cutOff) {
			return Optional.empty();
		}
	}

	/**
	 * Returns a field, whose dots are part of its name or stand for nested objects.
	 * @param name the name of the field, such as {@code log.level}
	 * @return its value, or an empty string if it is absent
	 */
	String field(String name) {
		return field(this.fields, name);
	}

	private static String field(JsonNode node, String name) {
		JsonNode value = node.path(name);
		if (value.isValueNode()) {
			return value.asString("");
		}
		for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
			String nested = field(node.path(name.substring(0, dot)), name.substring(dot + 1));
			if (!nested.isEmpty()) {
				return nested;
			}
		}
		return "";
	}

}
