package io.microplatform.instance.warmup;

import java.util.Map;

import org.springframework.http.HttpMethod;

/**
 * A call that an instance makes to itself before it takes anybody else's, so that what
 * such a call needs is loaded, compiled and connected by then. An instance or a service
 * declares them as beans; they are made again and again, and must not change anything: a
 * call that reads, or one that a rule refuses as late as possible.
 *
 * @param method of the call
 * @param target its path and query
 * @param headers of the call
 * @param body empty for none
 */
public record WarmUpCall(HttpMethod method, String target, Map<String, String> headers, String body) {

	/** A call that reads. */
	public static WarmUpCall get(String target) {
		return new WarmUpCall(HttpMethod.GET, target, Map.of(), "");
	}

}
