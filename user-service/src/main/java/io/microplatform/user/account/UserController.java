package io.microplatform.user.account;

import java.net.URI;

import io.microplatform.starter.problem.ProblemException;
import io.microplatform.starter.security.CurrentUser;
import jakarta.validation.Valid;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/users", produces = MediaType.APPLICATION_JSON_VALUE)
class UserController {

	private final Accounts accounts;

	UserController(Accounts accounts) {
		this.accounts = accounts;
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<RegisteredUser> register(@RequestBody @Valid Registration registration) {
		RegisteredUser user = this.accounts.register(registration, Role.USER);
		return ResponseEntity.created(URI.create("/users/" + user.id())).body(user);
	}

	@GetMapping("/me")
	UserView me(CurrentUser caller) {
		return this.accounts.find(caller.id()).orElseThrow(() -> ProblemException.notFound("user"));
	}

	@GetMapping("/{id}")
	UserView user(@PathVariable long id, CurrentUser caller) {
		if (id != caller.id()) {
			throw ProblemException.notFound("user");
		}
		return me(caller);
	}

}
