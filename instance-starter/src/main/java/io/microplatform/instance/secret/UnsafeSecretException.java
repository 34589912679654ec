package io.microplatform.instance.secret;

import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Secrets with which nothing may start. Names properties, never shows a value.
 */
final class UnsafeSecretException extends RuntimeException {

	private final SortedMap<String, String> flaws;

	/**
	 * Tells what is wrong.
	 * @param flaws by the property's name
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
