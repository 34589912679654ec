package io.microplatform.starter.security;

import java.util.Objects;
import java.util.regex.Pattern;

import io.microplatform.instance.problem.ProblemKind;
import io.microplatform.starter.problem.ProblemException;
import io.microplatform.starter.web.ArgumentResolver;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * The user who sent the request, from the verified access token. A controller method with
 * such a parameter is only called with a valid token.
 *
 * @param id the user's id, the token's subject
 * @param isAdministrator whether the token's {@code roles} have {@code ADMIN}; of a
 * person who was an administrator when it was issued, at most its lifetime ago
 */
public record CurrentUser(long id, boolean isAdministrator) {

	/** What the names of roles begin with where they are authorities. */
	static final String ROLE_PREFIX = "ROLE_";

	private static final GrantedAuthority ADMINISTRATOR = new SimpleGrantedAuthority(ROLE_PREFIX + "ADMIN");

	private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,15}");

	/**
	 * Goes on only for administrators.
	 * @throws ProblemException 403 for all other users
	 */
	public void requireAdministrator() {
		if (!this.isAdministrator) {
			throw new ProblemException(ProblemKind.FORBIDDEN, "Only administrators may do that.");
		}
	}

	/** A token whose subject is not a user id is not an access token. */
	static OAuth2TokenValidatorResult validate(Jwt token) {
		String subject = token.getSubject();
		return (subject != null && ID.matcher(subject).matches()) ? OAuth2TokenValidatorResult.success()
				: OAuth2TokenValidatorResult.failure(new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST));
	}

	/**
	 * Fills the parameter from the verified token. An answer that depends on the caller
	 * says so, for caches that callers share.
	 */
	static final class Resolver implements ArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getParameterType() == CurrentUser.class;
		}

		@Override
		public CurrentUser resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
				NativeWebRequest request, @Nullable WebDataBinderFactory binderFactory) {
			Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
			if (authentication instanceof JwtAuthenticationToken token) {
				Objects.requireNonNull(request.getNativeResponse(HttpServletResponse.class))
					.addHeader(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION);
				return new CurrentUser(Long.parseLong(token.getToken().getSubject()),
						token.getAuthorities().contains(ADMINISTRATOR));
			}
			throw new IllegalStateException("A public endpoint asked for the current user");
		}

	}

}
