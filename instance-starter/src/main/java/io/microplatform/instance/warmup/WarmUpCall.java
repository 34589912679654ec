package io.microplatform.instance.warmup;

import java.util.Map;

import org.springframework.http.HttpMethod;

/**
 * A request that an instance sends to itself before it is ready, so that what such a
 * request needs is loaded, compiled and connected by then. Declared as a bean. It is sent
 * many times and must not change anything: it reads, or a rule refuses it as late as
 * possible.
 *
 * @param method the method
 * @param target the path and the query
 * @param headers the headers
 * @param body the body, empty for none
 */
public record WarmUpCall(HttpMethod method, String target, Map<String, String> headers, String body) {

	/** A call that reads. */
	public static WarmUpCall get(String target) {
		return new WarmUpCall(HttpMethod.GET, target, Map.of(), "");
	}

}
