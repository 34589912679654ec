package io.microplatform.gateway.problem;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import io.microplatform.instance.problem.ProblemKind;
import tools.jackson.databind.json.JsonMapper;

/**
 * An error answer of the gateway itself (RFC 9457). Immutable.
 *
 * @param kind what went wrong
 * @param detail what to tell the client about it; never what the client sent
 * @param traceId 32 hexadecimal digits, the same as in the logs
 */
public record Problem(ProblemKind kind, String detail, String traceId) {

	public static final String MEDIA_TYPE = "application/problem+json";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	/**
	 * Makes a problem of a request that never got into a trace, with a trace id of its
	 * own.
	 * @param kind what went wrong
	 * @param detail what to tell the client about it
	 * @return the problem
	 */
	public static Problem untraced(ProblemKind kind, String detail) {
		return new Problem(kind, detail, newTraceId());
	}

	static String newTraceId() {
		byte[] id = new byte[16];
		ThreadLocalRandom.current().nextBytes(id);
		return HexFormat.of().formatHex(id);
	}

	/**
	 * Returns the headers that belong to an answer of this kind, besides its type.
	 * @return names and values
	 */
	public Map<String, String> headers() {
		return switch (this.kind) {
			case METHOD_NOT_ALLOWED -> Map.of("Allow", "GET, HEAD, POST, PATCH, PUT, DELETE, OPTIONS");
			case UNAVAILABLE -> Map.of("Retry-After", "1");
			default -> Map.of();
		};
	}

	/**
	 * Returns the body of the answer.
	 * @return JSON in UTF-8
	 */
	public byte[] toJson() {
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("type", this.kind.type());
		members.put("title", this.kind.title());
		members.put("status", this.kind.status());
		members.put("detail", this.detail);
		members.put("traceId", this.traceId);
		return JSON.writeValueAsBytes(members);
	}

}
