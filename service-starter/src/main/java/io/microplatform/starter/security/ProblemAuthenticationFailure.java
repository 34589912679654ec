package io.microplatform.starter.security;

import java.io.IOException;

import io.microplatform.instance.problem.ProblemKind;
import io.microplatform.starter.problem.Problem;
import io.microplatform.starter.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/**
 * Answers authentication and authorization failures with problems: 401 for a missing or
 * bad token, with the challenge of RFC 6750 (without the reason, which would help an
 * attacker); 403 for a good token that may not do this; 503 when the token cannot be
 * verified because the keys are unavailable.
 */
final class ProblemAuthenticationFailure
		implements AuthenticationEntryPoint, AuthenticationFailureHandler, AccessDeniedHandler {

	private final ProblemWriter problems;

	ProblemAuthenticationFailure(ProblemWriter problems) {
		this.problems = problems;
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException {
		response.addHeader(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION);
		if (failure instanceof AuthenticationServiceException) {
			response.setHeader(HttpHeaders.RETRY_AFTER, "1");
			this.problems.write(Problem.of(ProblemKind.UNAVAILABLE, "Tokens cannot be verified right now; try again."),
					request, response, failure);
			return;
		}
		response.setHeader(HttpHeaders.WWW_AUTHENTICATE,
				(failure instanceof OAuth2AuthenticationException) ? "Bearer error=\"invalid_token\"" : "Bearer");
		this.problems.write(
				Problem.of(ProblemKind.UNAUTHORIZED, "This call needs a valid access token; POST /login gives one."),
				request, response, null);
	}

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException {
		commence(request, response, failure);
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
			throws IOException {
		this.problems.write(Problem.of(ProblemKind.FORBIDDEN, "This account may not do that."), request, response,
				null);
	}

}
