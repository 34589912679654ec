package io.microplatform.instance.registry;

import java.util.regex.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The release of an instance. Validated in the constructor, because the servers do not
 * have the validation API.
 *
 * @param release the version of the program, fixed at the start; not the version of the
 * configuration
 */
@ConfigurationProperties("platform")
public record ReleaseProperties(@DefaultValue("1") String release) {

	/** The regular expression that a release matches. */
	public static final String PATTERN = "[a-z0-9._-]{1,40}";

	/**
	 * Validates the release.
	 * @throws IllegalArgumentException if the release is invalid
	 */
	public ReleaseProperties {
		if (!Pattern.matches(PATTERN, release)) {
			throw new IllegalArgumentException("platform.release must be 1 to 40 of the characters a-z 0-9 . _ -");
		}
	}

}
