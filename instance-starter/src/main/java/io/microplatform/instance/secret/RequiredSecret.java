package io.microplatform.instance.secret;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A property that holds a password or a key, declared as a bean by the configuration that
 * reads it. The start fails if one is missing, too short or a well-known default; the
 * failure names the property and never shows the value.
 *
 * @param property the name of the property
 * @param minLength the minimum number of characters
 */
public record RequiredSecret(String property, int minLength) {

	private static final int MIN_LENGTH = 16;

	/** Well-known words, with anything between them. */
	private static final Pattern WELL_KNOWN = Pattern.compile(
			"[\\W_\\d]*((admin|administrator|change|default|demo|example|guest|letmein|me|microplatform|my|passwd"
					+ "|password|platform|please|postgres|qwerty|root|secret|test|this|to|user)[\\W_\\d]*)+",
			Pattern.CASE_INSENSITIVE);

	/**
	 * Creates a secret of at least 16 characters.
	 * @param property the name of the property
	 */
	public RequiredSecret(String property) {
		this(property, MIN_LENGTH);
	}

	/**
	 * Checks several secrets, so that one failure names all of them.
	 * @param secrets the required secrets
	 * @param values returns the value of a property, {@code null} if it has none
	 * @throws UnsafeSecretException naming each secret that is missing, too short or a
	 * well-known default
	 */
	public static void checkAll(Collection<RequiredSecret> secrets, Function<String, @Nullable String> values) {
		SortedMap<String, String> flaws = new TreeMap<>();
		for (RequiredSecret secret : secrets) {
			String flaw = secret.flaw(values.apply(secret.property));
			if (flaw != null) {
				flaws.put(secret.property, flaw);
			}
		}
		if (!flaws.isEmpty()) {
			throw new UnsafeSecretException(flaws);
		}
	}

	private @Nullable String flaw(@Nullable String value) {
		// An early environment leaves an unresolvable placeholder unchanged.
		if (value == null || value.isBlank() || value.startsWith("${")) {
			return "is missing";
		}
		if (WELL_KNOWN.matcher(value).matches()) {
			return "is a well-known default";
		}
		return (value.length() < this.minLength) ? "has fewer than " + this.minLength + " characters" : null;
	}

}
