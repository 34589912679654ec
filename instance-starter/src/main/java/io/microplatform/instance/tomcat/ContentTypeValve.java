package io.microplatform.instance.tomcat;

import java.io.IOException;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;

/**
 * Removes a {@code Content-Type} that names no media type, such as a wildcard or a
 * charset that does not exist: a body then has no type, and a request without a body does
 * not need one. The framework fails with an exception where it reads such a header, also
 * while it writes an error page.
 */
final class ContentTypeValve extends ValveBase {

	private static final String CONTENT_TYPE = "Content-Type";

	private static final boolean ASYNC_SUPPORTED = true;

	ContentTypeValve() {
		super(ASYNC_SUPPORTED);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		if (!isAbsentOrValid(request.getHeader(CONTENT_TYPE))) {
			request.getCoyoteRequest().getMimeHeaders().removeHeader(CONTENT_TYPE);
		}
		getNext().invoke(request, response);
	}

	private static boolean isAbsentOrValid(@Nullable String type) {
		try {
			return type == null || MimeTypeUtils.parseMimeType(type).isConcrete();
		}
		catch (InvalidMimeTypeException ex) {
			return false;
		}
	}

}
