package io.microplatform.instance.registry;

import java.util.regex.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an instance says of its program. Checked without the validation API, which the
 * servers do not have.
 *
 * @param release which version of the program it is, fixed at the start; not to be
 * confused with the version of the configuration
 */
@ConfigurationProperties("platform")
public record ReleaseProperties(@DefaultValue("1") String release) {

	/** Of a release. */
	public static final String PATTERN = "[a-z0-9._-]{1,40}";

	/**
	 * Checks them.
	 * @throws IllegalArgumentException when the release is none
	 */
	public ReleaseProperties {
		if (!Pattern.matches(PATTERN, release)) {
			throw new IllegalArgumentException("platform.release must be 1 to 40 of the characters a-z 0-9 . _ -");
		}
	}

}
