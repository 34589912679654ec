package io.microplatform.acceptance.http;

import java.util.List;

import io.microplatform.acceptance.client.Account;
import io.microplatform.acceptance.client.OrdersPage;
import io.microplatform.acceptance.client.Reply;
import io.microplatform.acceptance.fixture.JsonBody;
import io.microplatform.acceptance.platform.PrivatePlatform;

import static io.microplatform.acceptance.platform.PrivatePlatform.freshEmail;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The calls that take a body, each with one that is good, and the proof that bad ones had
 * no effect.
 */
final class Calls {

	static final String USERS = "/users";

	static final String LOGIN = "/login";

	static final String ORDERS = "/orders";

	static final List<String> ALL = List.of(USERS, LOGIN, ORDERS);

	/** For {@code @FieldSource}. */
	static final String ALL_BY_NAME = "io.microplatform.acceptance.http.Calls#ALL";

	private static final String PASSWORD = "long enough";

	private final PrivatePlatform platform;

	private final Account ann;

	private final String unusedEmail = freshEmail("eve");

	Calls(PrivatePlatform platform) {
		this.platform = platform;
		this.ann = platform.signUp("Ann");
	}

	Account ann() {
		return this.ann;
	}

	/** A body that would be good; at /login the password is wrong. */
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
