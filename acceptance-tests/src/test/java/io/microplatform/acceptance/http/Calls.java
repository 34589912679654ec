package io.microplatform.acceptance.http;

import java.util.List;

import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.OrdersPage;
import io.microplatform.lab.client.Reply;
import io.microplatform.acceptance.fixture.JsonBody;
import io.microplatform.lab.platform.TargetPlatform;

import static io.microplatform.lab.platform.TargetPlatform.freshEmail;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The calls with a body, a valid body for each, and the verification that invalid ones
 * had no effect.
 */
final class Calls {

	static final String USERS = "/users";

	static final String LOGIN = "/login";

	static final String ORDERS = "/orders";

	static final List<String> ALL = List.of(USERS, LOGIN, ORDERS);

	/** Name of {@link #ALL} for {@code @FieldSource}. */
	static final String ALL_BY_NAME = "io.microplatform.acceptance.http.Calls#ALL";

	private static final String PASSWORD = "long enough";

	private final TargetPlatform platform;

	private final ClientAccount ann;

	private final String unusedEmail = freshEmail("eve");

	Calls(TargetPlatform platform) {
		this.platform = platform;
		this.ann = platform.signUp("Ann");
	}

	ClientAccount ann() {
		return this.ann;
	}

	/** Returns a valid body; for /login, with a wrong password. */
	JsonBody good(String path) {
		return switch (path) {
			case USERS -> JsonBody.empty()
				.withText("name", "Eve")
				.withText("email", this.unusedEmail)
				.withText("password", PASSWORD);
			case LOGIN -> JsonBody.empty().withText("email", this.ann.email()).withText("password", "a wrong one");
			case ORDERS -> JsonBody.empty().withText("product", "tea").with("amount", "0.01");
			default -> throw new IllegalArgumentException(path);
		};
	}

	Reply post(String path, String body) {
		return this.ann.client().post(path, body);
	}

	void assertThatNoneHadAnEffect() {
		OrdersPage page = this.ann.client().orders("").expect(200).as(OrdersPage.class);
		assertThat(page.items()).isEmpty();
		this.platform.guest().register("Eve", this.unusedEmail, PASSWORD).expect(201);
	}

}
