package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The number of instances of each service that {@code scale} and {@code up --ha} asked
 * for, one by default, and the parts of {@code up --with}. Persistent until {@code down}.
 *
 * @param file where that is remembered
 */
record DesiredInstances(Path file) {

	static final String FILE = "instances.env";

	static final int MOST = 9;

	private static final Pattern LINE = Pattern.compile("[a-z0-9-]+=[1-" + MOST + "]");

	/** The number for a service. */
	int of(String service) throws IOException {
		return all().getOrDefault(service, 1);
	}

	/** The numbers that were told, by service. */
	Map<String, Integer> all() throws IOException {
		Map<String, Integer> numbers = new TreeMap<>();
		remembered().read().forEach((service, number) -> numbers.put(service, Integer.valueOf(number)));
		return numbers;
	}

	StateFile remembered() {
		return new StateFile(this.file, LINE);
	}

	void set(String service, int number) throws IOException {
		Map<String, Integer> numbers = all();
		numbers.put(service, number);
		setAll(numbers);
	}

	void setAll(Map<String, Integer> numbers) throws IOException {
		remembered().write(numbers);
	}

	/** One of each again. */
	void forget() throws IOException {
		Files.deleteIfExists(this.file);
	}

}
