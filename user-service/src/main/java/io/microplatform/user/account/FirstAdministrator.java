package io.microplatform.user.account;

import java.util.Optional;

import io.microplatform.starter.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * An {@link ApplicationRunner} that creates the first administrator before this instance
 * is ready, if one is configured and the e-mail has no account yet. An existing account
 * is not changed, so that a changed password or role survives, and a user who registered
 * the address first is not promoted.
 */
@Component
class FirstAdministrator implements ApplicationRunner {

	private static final Logger log = LoggerFactory.getLogger(FirstAdministrator.class);

	private final AdministratorProperties properties;

	private final UserRepository users;

	private final UserService userService;

	FirstAdministrator(AdministratorProperties properties, UserRepository users, UserService userService) {
		this.properties = properties;
		this.users = users;
		this.userService = userService;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		String email = this.properties.email();
		String password = this.properties.password();
		if (email != null && password != null && !isThere(email)) {
			create(new RegisterUserRequest("Administrator", email, password));
		}
	}

	private void create(RegisterUserRequest registration) {
		try {
			RegisterUserResponse created = this.userService.register(registration, Role.ADMIN);
			log.info("User {} is the first administrator", created.id());
		}
		catch (ProblemException ex) {
			// Another instance that starts at the same moment was first.
			if (!isThere(registration.email())) {
				throw ex;
			}
		}
	}

	private boolean isThere(String email) {
		Optional<User> user = this.users.findByEmail(email);
		user.filter((found) -> found.role() != Role.ADMIN)
			.ifPresent((found) -> log.warn("User {} has the e-mail of platform.admin.email, but is no administrator",
					found.id()));
		return user.isPresent();
	}

}
