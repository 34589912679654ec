package io.microplatform.user.login;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.microplatform.instance.problem.ProblemKind;
import io.microplatform.starter.audit.AuditEvent;
import io.microplatform.starter.audit.AuditTrail;
import io.microplatform.starter.problem.ProblemException;
import io.microplatform.starter.validation.PlainText;
import io.microplatform.user.account.AuthenticatedUser;
import io.microplatform.user.account.UserService;
import io.microplatform.user.token.TokenIssuer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class LoginController {

	private final UserService userService;

	private final LoginGuard guard;

	private final TokenIssuer tokens;

	private final AuditTrail audit;

	private final LoginMetrics metrics;

	LoginController(UserService userService, LoginGuard guard, TokenIssuer tokens, AuditTrail audit,
			LoginMetrics metrics) {
		this.userService = userService;
		this.guard = guard;
		this.tokens = tokens;
		this.audit = audit;
		this.metrics = metrics;
	}

	@PostMapping(path = "/login", consumes = MediaType.APPLICATION_JSON_VALUE,
			produces = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<LoginResponse> login(@RequestBody @Valid LoginRequest credentials, HttpServletRequest request) {
		AuthenticatedUser user = this.guard
			.attempt(credentials.email(), CallerAddress.of(request).subject(),
					(owner, turn) -> this.userService.authenticate(owner, credentials.password(), turn))
			.orElseThrow(this::failure);
		TokenIssuer.IssuedToken token = this.tokens.issue(user);
		this.metrics.succeeded();
		this.audit.record(AuditEvent.login(user.id()));
		return ResponseEntity.ok()
			.cacheControl(CacheControl.noStore())
			.body(new LoginResponse(token.value(), "Bearer", token.lifetime().toSeconds()));
	}

	private ProblemException failure() {
		this.metrics.failed();
		this.audit.record(AuditEvent.login(null));
		return new ProblemException(ProblemKind.UNAUTHORIZED, "The e-mail or the password is wrong.");
	}

	/**
	 * The body of {@code POST /login}. A password that no account can have is treated as
	 * a wrong one.
	 *
	 * @param email in any spelling
	 * @param password as it was typed
	 */
	record LoginRequest(@NotNull @PlainText(max = UserService.MAX_EMAIL_SPELLING) String email,
			@NotEmpty String password) {

		/** Omits the password and the address, so that neither can be logged. */
		@Override
		public String toString() {
			return "LoginRequest";
		}

	}

	record LoginResponse(@JsonProperty("access_token") String accessToken, @JsonProperty("token_type") String tokenType,
			@JsonProperty("expires_in") long expiresInSeconds) {
	}

}
