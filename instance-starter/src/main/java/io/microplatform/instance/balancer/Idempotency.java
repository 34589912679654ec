package io.microplatform.instance.balancer;

import java.util.Collection;
import java.util.Set;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * Whether a request may be sent again although an instance may have processed it: because
 * its method is idempotent, or because of its {@code Idempotency-Key}.
 *
 * @param method the method of the request
 * @param path the path of the request, still encoded
 * @param hasKey whether the request has a key
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2">RFC 9110, section
 * 9.2.2</a>
 */
record Idempotency(HttpMethod method, String path, boolean hasKey) {

	private static final Set<HttpMethod> NOT_IDEMPOTENT = Set.of(HttpMethod.POST, HttpMethod.PATCH);

	static Idempotency of(HttpMethod method, String path, HttpHeaders headers) {
		return new Idempotency(method, path, headers.containsHeader("Idempotency-Key"));
	}

	/**
	 * Whether the request takes effect once. A key counts only where every instance
	 * honours it for this call: one that does not would process the request again.
	 * @param instances those that have got the request, and those that may get it
	 */
	boolean isGuaranteedBy(Collection<TrackedInstance> instances) {
		return !NOT_IDEMPOTENT.contains(this.method) || (this.hasKey
				&& instances.stream().allMatch((instance) -> instance.keyedCalls().contain(this.method, this.path)));
	}

}
