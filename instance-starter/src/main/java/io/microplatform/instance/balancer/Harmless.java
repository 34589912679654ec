package io.microplatform.instance.balancer;

import java.util.Collection;
import java.util.Set;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * Whether a request may be sent again although an instance may have done it: by its
 * method, as HTTP defines it, or by its key.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2">RFC 9110, section
 * 9.2.2</a>
 */
@FunctionalInterface
interface Harmless {

	/** The methods that are not idempotent. */
	Set<HttpMethod> UNSAFE_TO_REPEAT = Set.of(HttpMethod.POST, HttpMethod.PATCH);

	/** The request header that names a request and its repeats. */
	String IDEMPOTENCY_KEY = "Idempotency-Key";

	/**
	 * Decides about the next attempt.
	 * @param members those that have got the request, and those that may get it
	 * @return whether another one of them may get it
	 */
	boolean among(Collection<Member> members);

	/**
	 * The rule for a request. A key counts only where every instance honours it for this
	 * call: one that had the request and ignores the key would do it once more.
	 */
	static Harmless of(HttpMethod method, String path, HttpHeaders headers) {
		if (!UNSAFE_TO_REPEAT.contains(method)) {
			return (members) -> true;
		}
		if (!headers.containsHeader(IDEMPOTENCY_KEY)) {
			return (members) -> false;
		}
		return (members) -> members.stream().allMatch((member) -> member.keyedCalls().contain(method, path));
	}

}
