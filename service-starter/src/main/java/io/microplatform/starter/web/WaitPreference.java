package io.microplatform.starter.web;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;

import io.microplatform.instance.preference.PreferredWait;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * The preference {@code Prefer: wait}: how long a client wants to wait for an answer. A
 * parameter of a controller method with this type is {@code null} when the client has no
 * such preference.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7240#section-4.3">RFC 7240, section
 * 4.3</a>
 */
public final class WaitPreference {

	/** The header that says which preference was applied. */
	public static final String PREFERENCE_APPLIED = "Preference-Applied";

	private final Duration time;

	private final long end;

	private WaitPreference(Duration time) {
		this.time = time;
		this.end = System.nanoTime() + time.toNanos();
	}

	/**
	 * A preference that begins now.
	 * @param time in whole seconds, at most 10
	 * @return the preference
	 */
	public static WaitPreference of(Duration time) {
		return new WaitPreference(time);
	}

	static Optional<WaitPreference> parse(Collection<String> headers) {
		return PreferredWait.of(headers).map(WaitPreference::of);
	}

	/**
	 * What is left of the time, which began when the request was received.
	 * @return the time, not negative
	 */
	public Duration remaining() {
		return Duration.ofNanos(Math.max(0, this.end - System.nanoTime()));
	}

	/**
	 * What {@link #PREFERENCE_APPLIED} says when an answer was waited for.
	 * @return {@code wait=} with the seconds, 10 when more were preferred
	 */
	public String applied() {
		return "wait=" + this.time.toSeconds();
	}

	/** Fills the parameter. */
	static final class Resolver implements ArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getParameterType() == WaitPreference.class;
		}

		@Override
		public @Nullable WaitPreference resolveArgument(MethodParameter parameter,
				@Nullable ModelAndViewContainer container, NativeWebRequest webRequest,
				@Nullable WebDataBinderFactory binderFactory) {
			HttpServletRequest request = Objects.requireNonNull(webRequest.getNativeRequest(HttpServletRequest.class));
			return parse(Collections.list(request.getHeaders(PreferredWait.HEADER))).orElse(null);
		}

	}

}
