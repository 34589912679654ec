package io.microplatform.starter.idempotency;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * A {@link RequestBodyAdviceAdapter} that keeps the bytes of a {@code @RequestBody} in
 * methods that take an {@link IdempotentCall}. A body that a method does not read does
 * not count.
 */
@ControllerAdvice
class RequestBytes extends RequestBodyAdviceAdapter {

	private static final String ATTRIBUTE = RequestBytes.class.getName();

	static byte[] of(HttpServletRequest request) {
		return (request.getAttribute(ATTRIBUTE) instanceof byte[] bytes) ? bytes : new byte[0];
	}

	@Override
	public boolean supports(MethodParameter parameter, Type targetType,
			Class<? extends HttpMessageConverter<?>> converterType) {
		return List.of(parameter.getExecutable().getParameterTypes()).contains(IdempotentCall.class);
	}

	@Override
	public HttpInputMessage beforeBodyRead(HttpInputMessage message, MethodParameter parameter, Type targetType,
			Class<? extends HttpMessageConverter<?>> converterType) throws IOException {
		byte[] bytes = message.getBody().readAllBytes();
		RequestContextHolder.currentRequestAttributes().setAttribute(ATTRIBUTE, bytes, RequestAttributes.SCOPE_REQUEST);
		return new Reread(message.getHeaders(), new ByteArrayInputStream(bytes));
	}

	private record Reread(HttpHeaders getHeaders, InputStream getBody) implements HttpInputMessage {
	}

}
