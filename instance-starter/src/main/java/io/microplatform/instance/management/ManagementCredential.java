package io.microplatform.instance.management;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;

/**
 * The credential for the actuator endpoints of an instance: HTTP Basic with the user
 * {@value #USER}. The application fails to start if the password is not safe. Without a
 * password, no request has the credential. Thread-safe.
 */
public final class ManagementCredential {

	/** The user name. */
	public static final String USER = "management";

	/** The property that holds the password. */
	public static final String PASSWORD = "platform.management.password";

	private static final String SCHEME = "Basic ";

	private final byte @Nullable [] expected;

	/**
	 * Reads the password.
	 * @param environment the environment
	 */
	public ManagementCredential(Environment environment) {
		String password = environment.getProperty(PASSWORD);
		this.expected = (password != null)
				? HttpHeaders.encodeBasicAuth(USER, password, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8)
				: null;
	}

	/**
	 * Returns whether a request has the credential, in a time that does not depend on how
	 * much of it matches.
	 * @param authorization the header {@code Authorization} of the request
	 * @return {@code false} if there is no header or no password
	 */
	public boolean isIn(@Nullable String authorization) {
		return this.expected != null && authorization != null
				&& authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) && MessageDigest
					.isEqual(this.expected, authorization.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8));
	}

}
