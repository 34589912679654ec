package io.microplatform.instance.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import org.jspecify.annotations.Nullable;

import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * {@link PasswordEncoder} for long generated secrets, which it compares in constant time.
 * A slow hash protects passwords that people choose; here it would only cost CPU time at
 * each heartbeat. Thread-safe.
 */
public final class GeneratedSecretEncoder implements PasswordEncoder {

	@Override
	public @Nullable String encode(@Nullable CharSequence secret) {
		return (secret != null) ? secret.toString() : null;
	}

	@Override
	public boolean matches(@Nullable CharSequence given, @Nullable String secret) {
		return given != null && secret != null && MessageDigest
			.isEqual(given.toString().getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
	}

}
