package io.microplatform.acceptance.gateway;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.Limits;
import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.client.Reply;
import io.microplatform.lab.platform.CommandOutput;
import io.microplatform.lab.platform.PrivatePlatform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the responses to more requests than a limit allows, and the refresh of limits.
 */
@AcceptanceTest
class RateLimitHeaderTests {

	private static final String PER_USER = "platform.rate-limits.per-user";

	private static final String LOGINS_PER_ADDRESS = "platform.rate-limits.routes.login.per-address";

	private static final int LIMIT = 5;

	private static final String POLICY = "RateLimit-Policy";

	private static final String STATE = "RateLimit";

	private final PrivatePlatform platform;

	RateLimitHeaderTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	@AfterEach
	void restoreConfiguration() {
		this.platform.configuration().reset();
		refresh();
	}

	@Test
	void tellHowManyRequestsRemainAndWhenToRetry() {
		ClientAccount ann = this.platform.signUp("Ann");
		ClientAccount bob = this.platform.signUp("Bob");
		refreshWith(Limits.of(PER_USER, LIMIT, "1m"));
		for (int remaining = LIMIT - 1; remaining >= 0; remaining--) {
			Reply accepted = ann.client().orders("");
			assertThat(accepted).isJson(200);
			assertThat(accepted.header(POLICY)).hasValue("\"per-user\";q=5;w=60");
			assertThat(accepted.header(STATE).orElse("")).matches("\"per-user\";r=" + remaining + ";t=\\d+");
		}
		Reply refused = ann.client().orders("");
		assertThat(refused).isProblem(429).hasText("Try again in ");
		assertThat(refused.header("Retry-After").map(Integer::valueOf).orElse(0)).isBetween(1, 12);
		assertThat(refused.header(POLICY)).hasValue("\"per-user\";q=5;w=60");
		assertThat(refused.header(STATE).orElse("")).matches("\"per-user\";r=0;t=\\d+");
		assertThat(bob.client().orders("")).isJson(200);
	}

	@Test
	void refreshAppliesAnotherLimitAtOnce() {
		ClientAccount ann = this.platform.signUp("Ann");
		refreshWith(Limits.of(PER_USER, 1, "1m"));
		assertThat(ann.client().orders("")).isJson(200);
		assertThat(ann.client().orders("")).isProblem(429);
		refreshWith(Limits.of(PER_USER, 100, "1m"));
		Reply accepted = ann.client().orders("");
		assertThat(accepted).isJson(200);
		assertThat(accepted.header(POLICY)).hasValue("\"per-user\";q=100;w=60");
	}

	@Test
	void refreshRejectsAnInvalidLimit() {
		this.platform.configuration().change("api-gateway", Limits.of(PER_USER, 0, "1m"));
		CommandOutput output = this.platform.run("refresh");
		assertThat(output.exitCode()).isOne();
		assertThat(output.text()).contains("nothing was changed", PER_USER);
	}

	/** Verifies that neither a token nor a header changes the address of a login. */
	@Test
	void loginsAreLimitedByTheAddressOfTheClient() {
		ClientAccount ann = this.platform.signUp("Ann");
		refreshWith(Limits.of(LOGINS_PER_ADDRESS, 2, "1m"));
		Reply first = logIn(this.platform.guest(), "203.0.113.1");
		assertThat(first).isProblem(400);
		assertThat(first.header(POLICY)).hasValue("\"login\";q=2;w=60");
		assertThat(logIn(ann.client(), "203.0.113.2")).isProblem(400);
		assertThat(logIn(this.platform.guest(), "203.0.113.3")).isProblem(429);
		assertThat(logIn(ann.client(), "203.0.113.4")).isProblem(429);
	}

	/** Sends a login without credentials, which is answered 400. */
	private static Reply logIn(PlatformClient client, String forwardedFor) {
		return client.send(client.request("/login")
			.header("Content-Type", "application/json")
			.header("X-Forwarded-For", forwardedFor)
			.POST(BodyPublishers.ofString("{}")));
	}

	private void refreshWith(Map<String, String> limit) {
		this.platform.configuration().change("api-gateway", limit);
		refresh();
	}

	private void refresh() {
		CommandOutput output = this.platform.run("refresh");
		assertThat(output.exitCode()).as(output.text()).isZero();
	}

}
