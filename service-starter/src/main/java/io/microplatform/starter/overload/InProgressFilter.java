package io.microplatform.starter.overload;

import java.io.IOException;

import io.microplatform.starter.problem.PreparedProblem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Filter that answers a request with 503 if too many are {@link InProgress in progress}.
 * Runs before all other filters, so that such a request is neither authenticated,
 * observed nor logged. A request is in progress until the remaining filters and the
 * servlet return or fail.
 */
final class InProgressFilter extends OncePerRequestFilter {

	private static final String RETRY_AFTER_SECONDS = "1";

	private final InProgress requests;

	private final PreparedProblem refusal;

	InProgressFilter(InProgress requests, PreparedProblem refusal) {
		this.requests = requests;
		this.refusal = refusal;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!this.requests.begin()) {
			response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
			this.refusal.write(request, response);
			return;
		}
		try {
			chain.doFilter(request, response);
		}
		finally {
			this.requests.end();
		}
	}

}
