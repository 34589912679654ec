package io.microplatform.instance.secret;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A property that holds a password or a key. Whoever reads one declares it as a bean;
 * unless each of them is given, long enough and no well-known default, nothing starts,
 * and the failure names the property and never shows the value.
 *
 * @param property the property's name
 * @param minLength the fewest characters that it may have
 */
public record RequiredSecret(String property, int minLength) {

	private static final int MIN_LENGTH = 16;

	/** Made of what everybody tries first, whatever stands between the words. */
	private static final Pattern WELL_KNOWN = Pattern.compile(
			"[\\W_\\d]*((admin|administrator|change|default|demo|example|guest|letmein|me|microplatform|my|passwd"
					+ "|password|platform|please|postgres|qwerty|root|secret|test|this|to|user)[\\W_\\d]*)+",
			Pattern.CASE_INSENSITIVE);

	/**
	 * A secret of at least 16 characters.
	 * @param property the property's name
	 */
	public RequiredSecret(String property) {
		this(property, MIN_LENGTH);
	}

	/**
	 * Checks all of them, so that one failure tells everything that is to be done.
	 * @param secrets what is required
	 * @param values knows the value of a property, if it has one
	 * @throws UnsafeSecretException naming each that is missing, short or a well-known
	 * default
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
		// Before the environment is whole, a placeholder that nothing resolves is taken
		// as it stands.
		if (value == null || value.isBlank() || value.startsWith("${")) {
			return "is missing";
		}
		if (WELL_KNOWN.matcher(value).matches()) {
			return "is a well-known default";
		}
		return (value.length() < this.minLength) ? "has fewer than " + this.minLength + " characters" : null;
	}

}
