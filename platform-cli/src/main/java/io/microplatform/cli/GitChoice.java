package io.microplatform.cli;

import java.util.Map;
import java.util.stream.Collectors;

import io.microplatform.configfiles.GitOrigin;

/**
 * The repository from which the config server takes versions, where the user named one:
 * variables that are handed on as they are.
 *
 * @param variables which of them are set
 */
record GitChoice(Map<String, String> variables) {

	private static final String PREFIX = "PLATFORM_CONFIG_GIT_";

	private static final String URI = PREFIX + "URI";

	/** The secret that signs reports of a push; generated if the user has none. */
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

	/**
	 * Where versions come from.
	 * @throws CommandFailedException when the directory is not in the repository
	 */
	GitOrigin origin() throws CommandFailedException {
		try {
			return new GitOrigin(this.variables.getOrDefault(URI, ""),
					this.variables.getOrDefault(PREFIX + "BRANCH", GitOrigin.USUAL_BRANCH),
					this.variables.getOrDefault(PREFIX + "DIRECTORY", ""));
		}
		catch (IllegalArgumentException ex) {
			throw new CommandFailedException("%sDIRECTORY: %s".formatted(PREFIX, ex.getMessage()));
		}
	}

	boolean isMade() {
		return !this.variables.isEmpty();
	}

}
