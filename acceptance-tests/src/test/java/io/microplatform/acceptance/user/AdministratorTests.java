package io.microplatform.acceptance.user;

import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;

import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.client.Reply;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.NeedsStores;
import io.microplatform.lab.platform.TargetPlatform;
import org.junit.jupiter.api.Test;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
@NeedsStores
class AdministratorTests {

	private final TargetPlatform platform;

	private final ClientAccount ann;

	private final PlatformClient administrator;

	AdministratorTests(TargetPlatform platform) {
		this.platform = platform;
		this.ann = platform.signUp("Ann");
		this.administrator = platform.administrator();
	}

	@Test
	void findsAndReadsAnyUser() {
		Reply list = this.administrator.get("/users?limit=1&email=" + this.ann.email().replace("+", "%2B"));
		assertThat(list).isJson(200).hasExactlyMembers("items", "nextCursor");
		assertThat(list.json().get("items").get(0).get("id").asLong()).isEqualTo(this.ann.id());
		assertThat(this.administrator.user(this.ann.id())).isJson(200).hasText("\"status\":\"ACTIVE\"");
		assertThat(this.ann.client().get("/users")).isProblem(403);
	}

	@Test
	void listsOrdersOfAnyUser() {
		long order = this.ann.client().placeOrder("tea", BigDecimal.ONE).expect(201).json().get("id").asLong();
		Reply list = this.administrator.orders("userId=" + this.ann.id());
		assertThat(list).isJson(200).hasText("\"id\":" + order);
		assertThat(this.administrator.order(order)).isProblem(404);
		assertThat(this.platform.signUp("Eve").client().orders("userId=" + this.ann.id())).isProblem(403);
	}

	@Test
	void changesTheCreditLimit() {
		assertThat(patch(this.administrator, "{\"creditLimit\":2000}")).isJson(200)
			.hasText("\"creditLimit\":2000.00")
			.hasText("\"creditAvailable\":2000.00");
		assertThat(patch(this.ann.client(), "{\"creditLimit\":3000}")).isProblem(403);
		assertThat(patch(this.administrator, "{\"creditLimit\":null}")).isProblem(400).namesField("creditLimit");
	}

	@Test
	void entityTagsPassTheGateway() {
		String seen = this.ann.client().me().header("ETag").orElseThrow();
		assertThat(conditional("If-None-Match", seen).status()).isEqualTo(304);
		assertThat(ifMatch(seen, "{\"name\":\"Anna\"}")).isJson(200);
		assertThat(ifMatch(seen, "{\"name\":\"Bea\"}")).isProblem(412);
		Reply changed = conditional("If-None-Match", seen);
		assertThat(changed).isJson(200).hasText("\"name\":\"Anna\"");
		assertThat(changed.header("ETag").orElseThrow()).isNotEqualTo(seen);
	}

	@Test
	void aClosedAccountCannotLogIn() {
		ClientAccount bea = this.platform.signUp("Bea");
		assertThat(close(bea).status()).isEqualTo(204);
		assertThat(close(bea).status()).isEqualTo(204);
		assertThat(this.platform.guest().login(bea.email(), bea.password())).isProblem(401);
		assertThat(bea.client().me()).isProblem(404);
		assertThat(this.platform.guest().register("Bea", bea.email(), bea.password())).isProblem(409);
	}

	private static Reply close(ClientAccount account) {
		return account.client().send(account.client().request("/users/" + account.id()).DELETE());
	}

	private Reply conditional(String header, String value) {
		return this.ann.client().send(this.ann.client().request("/users/me").header(header, value).GET());
	}

	private Reply patch(PlatformClient client, String body) {
		return client.send(client.request("/users/" + this.ann.id())
			.header("Content-Type", "application/merge-patch+json")
			.method("PATCH", BodyPublishers.ofString(body)));
	}

	private Reply ifMatch(String etag, String body) {
		return this.ann.client()
			.send(this.ann.client()
				.request("/users/" + this.ann.id())
				.header("Content-Type", "application/merge-patch+json")
				.header("If-Match", etag)
				.method("PATCH", BodyPublishers.ofString(body)));
	}

}
