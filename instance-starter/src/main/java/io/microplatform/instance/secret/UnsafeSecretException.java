package io.microplatform.instance.secret;

import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Thrown if a {@link RequiredSecret} is not safe. Names the properties, never a value.
 */
final class UnsafeSecretException extends RuntimeException {

	private final SortedMap<String, String> flaws;

	/**
	 * Creates the exception.
	 * @param flaws the flaws by the name of the property
	 */
	UnsafeSecretException(SortedMap<String, String> flaws) {
		super(flaws.entrySet()
			.stream()
			.map((flaw) -> flaw.getKey() + " " + flaw.getValue())
			.collect(Collectors.joining(", ")));
		this.flaws = flaws;
	}

	Set<String> properties() {
		return this.flaws.keySet();
	}

}
