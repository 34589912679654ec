package io.microplatform.cli;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The ports of this platform: the defaults, unless the environment chooses others.
 */
final class PortChoice {

	private static final int HIGHEST = 65535;

	private final Map<Port, Integer> ports = new EnumMap<>(Port.class);

	PortChoice(Map<String, String> environment) throws CommandFailedException {
		for (Port port : Port.values()) {
			@Nullable String value = environment.get(port.variable());
			this.ports.put(port, (value == null || value.isBlank()) ? port.usual() : parse(port, value));
		}
	}

	private static int parse(Port port, String value) throws CommandFailedException {
		if (value.matches("\\d{1,5}")) {
			int number = Integer.parseInt(value);
			if (number >= 1 && number <= HIGHEST) {
				return number;
			}
		}
		throw new CommandFailedException(String.format(Locale.ROOT, "invalid port '%s' in %s: must be between 1 and %d",
				value, port.variable(), HIGHEST));
	}

	/** The variable that chooses this port. */
	String variableFor(int number) {
		return this.ports.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() == number)
			.map(Map.Entry::getKey)
			.findFirst()
			.orElse(Port.SERVICES)
			.variable();
	}

	int of(Port port) {
		return this.ports.getOrDefault(port, port.usual());
	}

}
