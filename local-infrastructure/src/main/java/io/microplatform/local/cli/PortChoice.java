package io.microplatform.local.cli;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The ports on which this platform is to run: the usual ones unless the environment says
 * otherwise.
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
		throw new CommandFailedException(String.format(Locale.ROOT,
				"%s is \"%s\", which is no port: give a number from 1 to %d", port.variable(), value, HIGHEST));
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
