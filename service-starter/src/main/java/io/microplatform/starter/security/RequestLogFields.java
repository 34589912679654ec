package io.microplatform.starter.security;

import java.io.IOException;

import io.microplatform.starter.log.LogField;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Filter that adds the authenticated user to the log lines of a request, and removes all
 * {@link LogField fields} at the end of the request.
 */
final class RequestLogFields extends OncePerRequestFilter {

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		@Nullable Authentication user = SecurityContextHolder.getContext().getAuthentication();
		// The name is the subject of the verified token.
		try (LogField.Scope _ = LogField.USER.open((user != null) ? user.getName() : null);
				LogField.Scope _ = LogField.ORDER.open(null)) {
			chain.doFilter(request, response);
		}
	}

}
