package io.microplatform.instance.preference;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The time that a client prefers to wait for an answer, as in {@code Prefer: wait=5}. The
 * service that holds back the answer and the gateway that waits for the service read it
 * with the same code, so the gateway never gives up a service that waits as requested.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7240#section-4.3">RFC 7240, section
 * 4.3</a>
 */
public final class PreferredWait {

	/** The name of the header. */
	public static final String HEADER = "Prefer";

	/** The longest wait, below the time that the gateway waits for an answer. */
	public static final Duration MOST = Duration.ofSeconds(10);

	private static final Pattern SECONDS = Pattern.compile("[0-9]+");

	private PreferredWait() {
	}

	/**
	 * Parses the preference.
	 * @param values the values of all headers {@code Prefer}
	 * @return whole seconds, at most {@link #MOST}; empty if there is no such preference,
	 * or the first one is not a number of seconds
	 */
	public static Optional<Duration> of(Collection<String> values) {
		return Preferences.value(values, "wait")
			.filter((value) -> SECONDS.matcher(value).matches())
			.map(PreferredWait::atMost);
	}

	private static Duration atMost(String seconds) {
		String digits = seconds.replaceFirst("^0+(?=.)", "");
		boolean tooMany = digits.length() > 2 || Integer.parseInt(digits) > MOST.toSeconds();
		return tooMany ? MOST : Duration.ofSeconds(Integer.parseInt(digits));
	}

}
