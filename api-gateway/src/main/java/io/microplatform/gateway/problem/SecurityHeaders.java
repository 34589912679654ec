package io.microplatform.gateway.problem;

import java.util.Map;

/**
 * What every answer through the public door tells a browser: that it is data, to be
 * neither guessed at, framed, executed, kept nor referred to.
 */
public final class SecurityHeaders {

	/** Set on every answer. */
	public static final Map<String, String> ALWAYS = Map.of("X-Content-Type-Options", "nosniff", "X-Frame-Options",
			"DENY", "Referrer-Policy", "no-referrer");

	/** Set on an answer whose service did not decide otherwise. */
	public static final Map<String, String> UNLESS_SET = Map.of("Content-Security-Policy",
			"default-src 'none'; frame-ancestors 'none'", "Cache-Control", "no-store");

	private SecurityHeaders() {
	}

}
