package io.microplatform.user;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import io.microplatform.starter.test.ServiceTest;
import io.microplatform.user.UserClient.Answer;
import io.microplatform.user.UserClient.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@ServiceTest
class UserListTests {

	private final UserClient users;

	private final String administrator;

	UserListTests(@LocalServerPort int port) {
		this.users = new UserClient(port);
		this.administrator = this.users.administrator();
	}

	@Test
	void isForAdministrators() {
		assertThat(list("/users", this.users.person().token()).status()).isEqualTo(403);
		assertThat(list("/users", "").status()).isEqualTo(401);
	}

	@Test
	void isPagedNewestFirst() {
		List<Long> ids = List.of(this.users.person().id(), this.users.person().id(), this.users.person().id());
		JsonNode first = list("/users?limit=2", this.administrator).body();
		assertThat(first.get("items")).extracting((item) -> item.get("id").asLong())
			.containsExactly(ids.get(2), ids.get(1));
		JsonNode second = list("/users?limit=1&cursor=" + first.get("nextCursor").asString(), this.administrator)
			.body();
		assertThat(second.get("items")).extracting((item) -> item.get("id").asLong()).containsExactly(ids.get(0));
	}

	@Test
	void showsWhatAdministratorsSeeAndNeverAPassword() {
		this.users.person();
		assertThat(list("/users?limit=1", this.administrator).body().get("items").get(0).propertyNames())
			.containsExactlyInAnyOrder("id", "name", "email", "creditLimit", "creditAvailable", "role", "status");
	}

	@Test
	void findsAnAddressWithoutCase() {
		Person ann = this.users.person();
		String email = URLEncoder.encode(ann.email().toUpperCase(Locale.ROOT), StandardCharsets.UTF_8);
		JsonNode found = list("/users?email=" + email, this.administrator).body();
		assertThat(found.get("items")).extracting((item) -> item.get("id").asLong()).containsExactly(ann.id());
		assertThat(found.get("nextCursor").isNull()).isTrue();
	}

	@Test
	void findsAStatus() {
		Person ann = this.users.person();
		this.users.delete(ann.id(), ann.token());
		this.users.person();
		assertThat(list("/users?status=CLOSED&limit=1", this.administrator).body().get("items"))
			.extracting((item) -> item.get("id").asLong())
			.containsExactly(ann.id());
	}

	@ParameterizedTest
	@CsvSource({ "limit, 0", "limit, 101", "limit, a", "cursor, !", "status, closed", "status, NONE", "email, %00" })
	void namesWhatIsNotValid(String parameter, String value) {
		Answer answer = list("/users?" + parameter + "=" + value, this.administrator);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body().get("errors").get(0).get("field").asString()).isEqualTo(parameter);
	}

	private Answer list(String uri, String token) {
		return this.users.get(uri, token);
	}

}
