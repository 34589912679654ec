package io.microplatform.local.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import io.microplatform.local.cli.GatewayClient.Answer;
import io.microplatform.local.server.Secrets;

/**
 * Prints an access token, and nothing else.
 */
final class Token {

	static final String DEMO_EMAIL = "demo@example.org";

	private static final String DEMO_PASSWORD = "PLATFORM_DEMO_PASSWORD";

	private static final int OK = 200;

	private static final int CREATED = 201;

	private static final int UNAUTHORIZED = 401;

	private static final int CONFLICT = 409;

	private final Context context;

	private final List<String> credentials;

	/**
	 * Logs somebody in.
	 * @param credentials e-mail and password, or nothing for the demo user
	 */
	Token(Context context, List<String> credentials) {
		this.context = context;
		this.credentials = credentials;
	}

	void run() throws IOException, CommandFailedException {
		GatewayClient gateway = new GatewayClient(LivePlatform.requireGateways(this.context).getFirst().url());
		Answer login;
		if (this.credentials.isEmpty()) {
			login = loginOfDemoUser(gateway, Secrets.in(this.context.state()).get(DEMO_PASSWORD));
		}
		else {
			login = login(gateway, this.credentials.getFirst(), this.credentials.getLast());
		}
		if (login.status() != OK) {
			throw login.failure("the login");
		}
		this.context.out().println(login.field("access_token"));
	}

	private static Answer login(GatewayClient gateway, String email, String password)
			throws IOException, CommandFailedException {
		return gateway.post("/login", Map.of("email", email, "password", password));
	}

	private static Answer loginOfDemoUser(GatewayClient gateway, String password)
			throws IOException, CommandFailedException {
		Answer login = login(gateway, DEMO_EMAIL, password);
		if (login.status() != UNAUTHORIZED) {
			return login;
		}
		Answer registration = gateway.post("/users", Map.of("name", "Demo", "email", DEMO_EMAIL, "password", password));
		if (registration.status() == CONFLICT) {
			throw new CommandFailedException("%s is registered with another password than %s in secrets.env: give them"
				.formatted(DEMO_EMAIL, DEMO_PASSWORD) + " with `./platform token EMAIL PASSWORD`");
		}
		if (registration.status() != CREATED) {
			throw registration.failure("the registration of " + DEMO_EMAIL);
		}
		return login(gateway, DEMO_EMAIL, password);
	}

}
