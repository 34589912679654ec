package io.microplatform.gateway.upstream;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * For how long a service may hold back its answer, as the client prefers.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7240">RFC 7240</a>
 */
final class PreferredWait {

	private static final String PREFER = "Prefer";

	private static final Pattern WAIT = Pattern.compile("\\bwait\\s*=\\s*\"?(\\d{1,2})\\b", Pattern.CASE_INSENSITIVE);

	private PreferredWait() {
	}

	static Duration of(HttpHeaders headers) {
		@Nullable String preference = headers.getFirst(PREFER);
		if (preference == null) {
			return Duration.ZERO;
		}
		Matcher wait = WAIT.matcher(preference);
		return wait.find() ? Duration.ofSeconds(Long.parseLong(wait.group(1))) : Duration.ZERO;
	}

}
