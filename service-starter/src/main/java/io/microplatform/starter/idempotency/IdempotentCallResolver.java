package io.microplatform.starter.idempotency;

import java.util.Collections;
import java.util.List;
import java.util.Objects;

import io.microplatform.starter.web.ArgumentResolver;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Resolves parameters of the type {@link IdempotentCall}. A malformed key ends the
 * request.
 */
final class IdempotentCallResolver implements ArgumentResolver {

	private final Idempotency idempotency;

	private final JsonMapper json;

	IdempotentCallResolver(Idempotency idempotency, JsonMapper json) {
		this.idempotency = idempotency;
		this.json = json;
	}

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.getParameterType() == IdempotentCall.class;
	}

	@Override
	public IdempotentCall resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
			NativeWebRequest webRequest, @Nullable WebDataBinderFactory binderFactory) {
		HttpServletRequest request = Objects.requireNonNull(webRequest.getNativeRequest(HttpServletRequest.class));
		List<String> values = Collections.list(asSent(request).getHeaders(IdempotencyKey.HEADER));
		if (values.isEmpty()) {
			return new IdempotentCall(this.idempotency, this.json, null);
		}
		String key = IdempotencyKey.parse(values);
		// Later, because the parameter may stand before the one that is the body.
		return new IdempotentCall(this.idempotency, this.json,
				() -> KeyedRequest.of(request, key, RequestBytes.of(request)));
	}

	/** Without the firewall around it, which would refuse a header without naming it. */
	private static HttpServletRequest asSent(HttpServletRequest request) {
		return (request instanceof HttpServletRequestWrapper wrapper)
				? asSent((HttpServletRequest) wrapper.getRequest()) : request;
	}

}
