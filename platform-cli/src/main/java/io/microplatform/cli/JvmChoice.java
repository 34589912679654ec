package io.microplatform.cli;

import java.util.Locale;
import java.util.Map;

import io.microplatform.local.process.Jvm;

/**
 * The JVM settings that {@code PLATFORM_JVM} selects.
 */
final class JvmChoice {

	static final String VARIABLE = "PLATFORM_JVM";

	private JvmChoice() {
	}

	/**
	 * Reads what the user chose.
	 * @throws CommandFailedException when that is none of them
	 */
	static Jvm of(Map<String, String> environment) throws CommandFailedException {
		String chosen = environment.getOrDefault(VARIABLE, "");
		if (chosen.isBlank()) {
			return Jvm.QUICK;
		}
		for (Jvm jvm : Jvm.values()) {
			if (jvm.name().toLowerCase(Locale.ROOT).equals(chosen)) {
				return jvm;
			}
		}
		throw new CommandFailedException("invalid value '%s' in %s: must be quick or full".formatted(chosen, VARIABLE));
	}

}
