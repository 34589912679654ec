package io.microplatform.instance.balancer;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The calls of an instance that honour an {@code Idempotency-Key}: requests with the same
 * key have one effect and one answer. An instance registers them in its metadata; the
 * balancer sends no other request again because of a key.
 */
public final class KeyedCalls {

	/**
	 * The name in the metadata of an instance. The value is a list of methods and path
	 * patterns, such as {@code POST /orders, POST /orders/{id}/cancel}.
	 */
	public static final String METADATA = "keyed-calls";

	private static final Logger log = LoggerFactory.getLogger(KeyedCalls.class);

	private static final KeyedCalls NONE = new KeyedCalls(List.of());

	private final List<KeyedCall> calls;

	private KeyedCalls(List<KeyedCall> calls) {
		this.calls = calls;
	}

	/**
	 * Returns the value of the metadata.
	 * @param calls methods and path patterns, such as {@code POST /orders/{id}/cancel}
	 * @return the value
	 */
	public static String metadata(Collection<String> calls) {
		return calls.stream().sorted().collect(Collectors.joining(", "));
	}

	/**
	 * Parses the value of the metadata. An invalid value has no calls.
	 * @param metadata the value, {@code null} if the instance has none
	 */
	static KeyedCalls parse(@Nullable String metadata) {
		if (metadata == null || metadata.isBlank()) {
			return NONE;
		}
		try {
			return new KeyedCalls(Arrays.stream(metadata.split(",", -1)).map(KeyedCall::parse).toList());
		}
		catch (IllegalArgumentException ex) {
			log.warn("Ignored invalid {} '{}' of an instance: {}", METADATA, metadata, ex.toString());
			return NONE;
		}
	}

	/**
	 * Whether a call honours keys.
	 * @param method the method of the request
	 * @param path the path of the request, still encoded
	 */
	boolean contain(HttpMethod method, String path) {
		return this.calls.stream().anyMatch((call) -> call.is(method, path));
	}

	private record KeyedCall(HttpMethod method, PathPattern pattern) {

		static KeyedCall parse(String call) {
			String[] words = call.strip().split(" ", -1);
			if (words.length != 2) {
				throw new IllegalArgumentException("'" + call + "' is not a method and a path pattern");
			}
			return new KeyedCall(HttpMethod.valueOf(words[0]), PathPatternParser.defaultInstance.parse(words[1]));
		}

		boolean is(HttpMethod other, String path) {
			return this.method.equals(other) && this.pattern.matches(PathContainer.parsePath(path));
		}

	}

}
