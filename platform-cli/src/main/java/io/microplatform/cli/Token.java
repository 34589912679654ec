package io.microplatform.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Model.CommandSpec;

import io.microplatform.cli.GatewayClient.Answer;
import io.microplatform.local.server.Secrets;

/**
 * Prints an access token, and nothing else.
 */
@Command(name = "token", header = "an access token", description = """
		Logs in through the gateway and prints the access token, nothing else. Without arguments it logs in the user
		demo@example.org, whom it registers if needed; the password is PLATFORM_DEMO_PASSWORD in secrets.env.""",
		customSynopsis = "./platform token [EMAIL PASSWORD]%n")
final class Token implements Action {

	static final String DEMO_EMAIL = "demo@example.org";

	private static final String DEMO_PASSWORD = "PLATFORM_DEMO_PASSWORD";

	private static final int OK = 200;

	private static final int CREATED = 201;

	private static final int UNAUTHORIZED = 401;

	private static final int CONFLICT = 409;

	private final Context context;

	@Parameters(arity = "0..2", hidden = true)
	private List<String> credentials = List.of();

	@Spec
	private CommandSpec spec;

	Token(Context context) {
		this.context = context;
	}

	@Override
	public void run() throws IOException, CommandFailedException {
		if (this.credentials.size() == 1 || this.credentials.size() > 2) {
			throw new ParameterException(this.spec.commandLine(), "expected EMAIL and PASSWORD");
		}
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
