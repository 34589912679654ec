package io.microplatform.gateway.upstream;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * What a request says about being sent again.
 *
 * @param doesNoHarm by its method, as HTTP defines it (RFC 9110, 9.2.2), or by its key
 * @param mayWait for which the service may hold back the answer, as the client prefers
 * (RFC 7240)
 */
record Repetition(boolean doesNoHarm, Duration mayWait) {

	private static final Set<HttpMethod> NOT_IDEMPOTENT = Set.of(HttpMethod.POST, HttpMethod.PATCH);

	private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

	private static final String PREFER = "Prefer";

	private static final Pattern WAIT = Pattern.compile("\\bwait\\s*=\\s*\"?(\\d{1,2})\\b", Pattern.CASE_INSENSITIVE);

	static Repetition of(ServerHttpRequest request) {
		HttpMethod method = request.getMethod();
		boolean doesNoHarm = !NOT_IDEMPOTENT.contains(method) || request.getHeaders().containsHeader(IDEMPOTENCY_KEY);
		return new Repetition(doesNoHarm, mayWait(request.getHeaders().getFirst(PREFER)));
	}

	private static Duration mayWait(@Nullable String preference) {
		if (preference == null) {
			return Duration.ZERO;
		}
		Matcher wait = WAIT.matcher(preference);
		return wait.find() ? Duration.ofSeconds(Long.parseLong(wait.group(1))) : Duration.ZERO;
	}

}
