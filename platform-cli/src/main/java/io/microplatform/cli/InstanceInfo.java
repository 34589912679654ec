package io.microplatform.cli;

import java.util.Locale;

import io.microplatform.local.process.Http;
import io.microplatform.local.process.RunRecord;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * The version and the release that a running instance reports, which may have changed
 * since it was started.
 */
final class InstanceInfo {

	private InstanceInfo() {
	}

	/** The answer of an instance; a missing node when there is none. */
	static JsonNode of(RunRecord entry) {
		if (entry.managementPort() == null || entry.process().isEmpty()) {
			return MissingNode.getInstance();
		}
		try {
			return Http.body(String.format(Locale.ROOT, "http://127.0.0.1:%d/actuator/info", entry.managementPort()))
				.map(JsonMapper.shared()::readTree)
				.orElseGet(MissingNode::getInstance);
		}
		catch (JacksonException ex) {
			return MissingNode.getInstance();
		}
	}

}
