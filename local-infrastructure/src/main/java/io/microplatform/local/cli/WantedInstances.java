package io.microplatform.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many instances of each service there are to be, as {@code scale} and
 * {@code up --ha} were last told; one unless they were.
 *
 * @param file where that is remembered
 */
record WantedInstances(Path file) {

	static final String FILE = "instances.env";

	static final int MOST = 9;

	/**
	 * The number for a service.
	 * @throws IOException when the file cannot be read or has a line that is not
	 * {@code service=N}
	 */
	int of(String service) throws IOException {
		return all().getOrDefault(service, 1);
	}

	/** The numbers that were told, by service. */
	Map<String, Integer> all() throws IOException {
		Map<String, Integer> numbers = new TreeMap<>();
		if (Files.exists(this.file)) {
			for (String line : Files.readAllLines(this.file)) {
				if (!line.matches("[a-z-]+=[1-" + MOST + "]")) {
					throw new IOException("%s: \"%s\" is not SERVICE=N with N from 1 to %d: delete the file"
						.formatted(this.file, line, MOST));
				}
				int end = line.indexOf('=');
				numbers.put(line.substring(0, end), Integer.parseInt(line.substring(end + 1)));
			}
		}
		return numbers;
	}

	void set(String service, int number) throws IOException {
		Map<String, Integer> numbers = all();
		numbers.put(service, number);
		setAll(numbers);
	}

	void setAll(Map<String, Integer> numbers) throws IOException {
		Remembered.write(this.file, numbers);
	}

	/** One of each again. */
	void forget() throws IOException {
		Files.deleteIfExists(this.file);
	}

}
