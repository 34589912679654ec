package io.microplatform.starter.web;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import io.microplatform.instance.problem.ProblemKind;
import io.microplatform.starter.problem.ProblemException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * A {@link HandlerInterceptor} that rejects a request before its handler has an effect. A
 * body that is compressed or in another charset than UTF-8 is answered 415. A request
 * that changes something is answered 406 if the client does not accept JSON, also where
 * the handler does not declare that it produces it.
 */
final class ContentRules implements HandlerInterceptor {

	private static final Set<String> SAFE = Set.of(HttpMethod.GET.name(), HttpMethod.HEAD.name(),
			HttpMethod.OPTIONS.name());

	private static final String NOT_ENCODED = "identity";

	private final JsonNegotiation negotiation;

	ContentRules(JsonNegotiation negotiation) {
		this.negotiation = negotiation;
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws HttpMediaTypeNotAcceptableException {
		if (request.getDispatcherType() != DispatcherType.REQUEST) {
			return true;
		}
		if (hasBody(request)) {
			requireNoCoding(request);
			requireUtf8(request.getContentType());
		}
		if (!SAFE.contains(request.getMethod())
				&& !this.negotiation.acceptsJson(new ServletWebRequest(request, response))) {
			throw new HttpMediaTypeNotAcceptableException(List.of(MediaType.APPLICATION_JSON));
		}
		return true;
	}

	private static boolean hasBody(HttpServletRequest request) {
		return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
	}

	private static void requireNoCoding(HttpServletRequest request) {
		boolean encoded = Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING))
			.stream()
			.flatMap((codings) -> StringUtils.commaDelimitedListToSet(codings).stream())
			.map(String::strip)
			.anyMatch((coding) -> !coding.isEmpty() && !coding.equalsIgnoreCase(NOT_ENCODED));
		if (encoded) {
			throw unsupportedMediaType("The body must not be compressed.").withHeader(HttpHeaders.ACCEPT_ENCODING,
					NOT_ENCODED);
		}
	}

	private static void requireUtf8(@Nullable String contentType) {
		try {
			MediaType type = (contentType != null) ? MediaType.parseMediaType(contentType) : MediaType.ALL;
			Charset charset = JsonNegotiation.isJson(type) ? type.getCharset() : null;
			if (charset != null && !charset.equals(StandardCharsets.UTF_8)) {
				throw unsupportedMediaType("The body must be JSON in UTF-8.");
			}
		}
		catch (InvalidMediaTypeException ex) {
			throw unsupportedMediaType("The Content-Type cannot be read.");
		}
	}

	private static ProblemException unsupportedMediaType(String detail) {
		return new ProblemException(ProblemKind.UNSUPPORTED_MEDIA_TYPE, detail);
	}

}
