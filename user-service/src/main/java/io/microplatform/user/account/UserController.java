package io.microplatform.user.account;

import java.net.URI;
import java.util.List;

import io.microplatform.starter.idempotency.IdempotentCall;
import io.microplatform.starter.problem.ProblemException;
import io.microplatform.starter.security.CurrentUser;
import io.microplatform.starter.validation.PlainText;
import io.microplatform.starter.web.Cursor;
import io.microplatform.starter.web.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/users", produces = MediaType.APPLICATION_JSON_VALUE)
class UserController {

	private static final String MERGE_PATCH = "application/merge-patch+json";

	private static final int MAX_NAMES = 100;

	private final UserService userService;

	private final UserUpdateService updates;

	private final UserNames names;

	UserController(UserService userService, UserUpdateService updates, UserNames names) {
		this.userService = userService;
		this.updates = updates;
		this.names = names;
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<RegisterUserResponse> register(@RequestBody @Valid RegisterUserRequest registration) {
		RegisterUserResponse user = this.userService.register(registration, Role.USER);
		return ResponseEntity.created(URI.create("/users/" + user.id())).body(user);
	}

	@GetMapping("/me")
	ResponseEntity<UserResponse> me(CurrentUser caller) {
		return user(caller.id(), caller);
	}

	@GetMapping("/{id}")
	ResponseEntity<UserResponse> user(@PathVariable long id, CurrentUser caller) {
		return this.userService.find(id)
			.filter((account) -> caller.isAdministrator() || (id == caller.id() && account.status() != Status.CLOSED))
			.map((account) -> answer(account, caller))
			.orElseThrow(() -> ProblemException.notFound("user"));
	}

	@GetMapping
	Page<UserResponse> list(@RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
			@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(required = false) @PlainText(max = UserService.MAX_EMAIL_SPELLING) @Nullable String email,
			@RequestParam(required = false) @Nullable Status status, CurrentUser caller) {
		caller.requireAdministrator();
		return Page.of(this.userService.newest(Cursor.parse(cursor).before(), limit + 1, email, status), limit,
				(user) -> UserResponse.forAdministrator(UserProfile.of(user)), User::requiredId);
	}

	/** Returns the names of users. A request without ids is invalid. */
	@GetMapping("/names")
	UserNamesResponse names(@RequestParam(defaultValue = "") @Size(min = 1, max = MAX_NAMES,
			message = "must have 1 to " + MAX_NAMES + " ids") List<@NotNull Long> id, CurrentUser caller) {
		caller.requireAdministrator();
		return new UserNamesResponse(this.names.find(id));
	}

	@PatchMapping(path = "/{id}", consumes = { MERGE_PATCH, MediaType.APPLICATION_JSON_VALUE })
	ResponseEntity<?> change(@PathVariable long id, @RequestBody @Valid UpdateUserRequest patch,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch, CurrentUser caller,
			IdempotentCall call) {
		return call.answer(() -> answer(this.updates.change(id, caller, patch, ifMatch), caller));
	}

	@DeleteMapping("/{id}")
	ResponseEntity<Void> close(@PathVariable long id,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			CurrentUser caller) {
		this.updates.close(id, caller, ifMatch);
		return ResponseEntity.noContent().build();
	}

	/** The framework answers 304 by itself when the tag is what the client has. */
	private static ResponseEntity<UserResponse> answer(UserProfile user, CurrentUser caller) {
		return caller.isAdministrator()
				? ResponseEntity.ok()
					.eTag(EntityTags.forAdministrator(user.id(), user.version()))
					.body(UserResponse.forAdministrator(user))
				: ResponseEntity.ok()
					.eTag(EntityTags.forOwner(user.id(), user.version()))
					.body(UserResponse.forOwner(user));
	}

}
