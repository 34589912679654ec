package io.microplatform.instance.training;

import java.util.Map;

import org.springframework.http.HttpMethod;

/**
 * A request that an instance sends to itself in the training run of its ahead-of-time
 * cache, so that the cache contains what such a request needs. Declared as a bean. It is
 * sent many times and must not change anything: it reads, or a rule rejects it as late as
 * possible.
 *
 * @param method the method
 * @param target the path and the query
 * @param headers the headers
 * @param body the body, empty for none
 */
public record TrainingCall(HttpMethod method, String target, Map<String, String> headers, String body) {

	/** A call that reads. */
	public static TrainingCall get(String target) {
		return new TrainingCall(HttpMethod.GET, target, Map.of(), "");
	}

}
