package io.microplatform.user.token;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.microplatform.instance.problem.ProblemKind;
import io.microplatform.starter.problem.ProblemException;
import io.microplatform.starter.validation.PlainText;
import io.microplatform.user.account.Accounts;
import io.microplatform.user.account.Identity;
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

	private final Accounts accounts;

	private final TokenIssuer tokens;

	LoginController(Accounts accounts, TokenIssuer tokens) {
		this.accounts = accounts;
		this.tokens = tokens;
	}

	@PostMapping(path = "/login", consumes = MediaType.APPLICATION_JSON_VALUE,
			produces = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<AccessToken> login(@RequestBody @Valid Credentials credentials) {
		Identity user = this.accounts.authenticate(credentials.email(), credentials.password())
			.orElseThrow(() -> new ProblemException(ProblemKind.UNAUTHORIZED, "The e-mail or the password is wrong."));
		TokenIssuer.IssuedToken token = this.tokens.issue(user);
		return ResponseEntity.ok()
			.cacheControl(CacheControl.noStore())
			.body(new AccessToken(token.value(), "Bearer", token.lifetime().toSeconds()));
	}

	/**
	 * What a person logs in with. A password that no account can have is a wrong one.
	 *
	 * @param email in any spelling
	 * @param password as it was typed
	 */
	record Credentials(@NotNull @PlainText(max = Accounts.MAX_EMAIL_SPELLING) String email, @NotEmpty String password) {

		/** Never shows the password, wherever it may be printed. */
		@Override
		public String toString() {
			return "Credentials[email=" + this.email + "]";
		}

	}

	record AccessToken(@JsonProperty("access_token") String accessToken, @JsonProperty("token_type") String tokenType,
			@JsonProperty("expires_in") long expiresInSeconds) {
	}

}
