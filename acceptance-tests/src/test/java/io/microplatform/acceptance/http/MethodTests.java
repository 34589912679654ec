package io.microplatform.acceptance.http;

import java.net.http.HttpRequest.BodyPublishers;

import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.Reply;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.Wire;
import io.microplatform.lab.platform.TargetPlatform;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class MethodTests {

	private final TargetPlatform platform;

	private final ClientAccount ann;

	MethodTests(TargetPlatform platform) {
		this.platform = platform;
		this.ann = platform.signUp("Ann");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/users", "/users/me", "/users/1", "/login", "/orders", "/orders/1", "/orders/1/cancel" })
	void returnsTheAllowedMethods(String path) {
		Reply reply = this.ann.client()
			.send(this.ann.client()
				.request(path)
				.header("Content-Type", "application/json")
				.PUT(BodyPublishers.ofString("{}")));
		assertThat(reply).isProblem(405);
		assertThat(reply.header("Allow").orElse("")).containsAnyOf("GET", "POST");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /login", "DELETE /orders", "PATCH /login", "TRACE /orders", "BREW /orders",
			"GET /orders/1/cancel", "DELETE /orders/1/cancel", "get /orders", "PROPFIND /users/me" })
	void rejectsUnsupportedMethods(String call) {
		Reply reply = Wire.exchange(this.platform.gateway(), call + " HTTP/1.1", "",
				"Authorization: Bearer " + this.ann.token());
		assertThat(reply).isProblem(400, 404, 405);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/nothing", "/order", "/user", "/Users", "/login/", "/login/nothing", "/users/",
			"/users/1/nothing", "/users/me/nothing", "/orders/", "/orders/1/nothing", "/orders/1/cancel/",
			"/orders/1/cancel/nothing", "/orders/cancel/1", "/favicon.ico", "/index.html", "/error",
			"/problems/validation" })
	void returns404ForUnknownPaths(String path) {
		assertThat(this.ann.client().get(path)).isProblem(404);
	}

}
