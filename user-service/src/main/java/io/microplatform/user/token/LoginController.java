package io.microplatform.user.token;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.problem.ProblemKind;
import io.microplatform.starter.audit.AuditEvent;
import io.microplatform.starter.audit.AuditTrail;
import io.microplatform.starter.problem.ProblemException;
import io.microplatform.starter.validation.PlainText;
import io.microplatform.user.account.AuthenticatedUser;
import io.microplatform.user.account.UserService;
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

	private final TokenIssuer tokens;

	private final AuditTrail audit;

	private final Counter successes;

	private final Counter failures;

	LoginController(UserService userService, TokenIssuer tokens, AuditTrail audit, MeterRegistry meters) {
		this.userService = userService;
		this.tokens = tokens;
		this.audit = audit;
		this.successes = logins(meters, "success");
		this.failures = logins(meters, "failure");
	}

	private static Counter logins(MeterRegistry meters, String outcome) {
		return Counter.builder("logins")
			.description("Logins; failure: the e-mail or the password was wrong")
			.tag("outcome", outcome)
			.register(meters);
	}

	@PostMapping(path = "/login", consumes = MediaType.APPLICATION_JSON_VALUE,
			produces = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<LoginResponse> login(@RequestBody @Valid LoginRequest credentials) {
		AuthenticatedUser user = this.userService.authenticate(credentials.email(), credentials.password())
			.orElseThrow(this::failure);
		TokenIssuer.IssuedToken token = this.tokens.issue(user);
		this.successes.increment();
		this.audit.record(AuditEvent.login(user.id()));
		return ResponseEntity.ok()
			.cacheControl(CacheControl.noStore())
			.body(new LoginResponse(token.value(), "Bearer", token.lifetime().toSeconds()));
	}

	private ProblemException failure() {
		this.failures.increment();
		this.audit.record(AuditEvent.login(null));
		return new ProblemException(ProblemKind.UNAUTHORIZED, "The e-mail or the password is wrong.");
	}

	/**
	 * The body of {@code POST /login}. A password that no account can have is a wrong
	 * one.
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
