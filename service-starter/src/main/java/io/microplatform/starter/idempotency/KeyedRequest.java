package io.microplatform.starter.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.servlet.HandlerMapping;

/**
 * A request with an idempotency key. Keys of two users, or for two routes, are
 * independent.
 *
 * @param userId who sent it
 * @param route method and path pattern, as in {@code POST /orders/{id}/cancel}
 * @param key the key
 * @param fingerprint SHA-256 over method, target and body: of the bytes as they came, so
 * that it means the same to every version of the service
 */
record KeyedRequest(long userId, String route, String key, String fingerprint) {

	static KeyedRequest of(HttpServletRequest request, String key, byte[] body) {
		String caller = Objects.requireNonNull(request.getUserPrincipal(), "a key belongs to a user").getName();
		String route = request.getMethod() + " " + request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		return new KeyedRequest(Long.parseLong(caller), route, key, fingerprint(request, body));
	}

	private static String fingerprint(HttpServletRequest request, byte[] body) {
		String head = request.getMethod() + " " + request.getRequestURI() + "?"
				+ Objects.requireNonNullElse(request.getQueryString(), "") + "\n";
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update(head.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest.digest(body));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has it", ex);
		}
	}

}
