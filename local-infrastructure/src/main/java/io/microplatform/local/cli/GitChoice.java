package io.microplatform.local.cli;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * The repository from which the config server takes versions, where the user named one:
 * variables that are handed on as they are.
 *
 * @param variables which of them are set
 */
record GitChoice(Map<String, String> variables) {

	private static final String PREFIX = "PLATFORM_CONFIG_GIT_";

	private static final String URI = PREFIX + "URI";

	/** With which whoever reports a push signs; generated, if the user has none. */
	static final String WEBHOOK_SECRET = PREFIX + "WEBHOOK_SECRET";

	static GitChoice of(Map<String, String> environment) {
		if (environment.getOrDefault(URI, "").isBlank()) {
			return new GitChoice(Map.of());
		}
		return new GitChoice(environment.entrySet()
			.stream()
			.filter((variable) -> variable.getKey().startsWith(PREFIX) && !variable.getValue().isBlank())
			.collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
	}

	boolean isMade() {
		return !this.variables.isEmpty();
	}

}
