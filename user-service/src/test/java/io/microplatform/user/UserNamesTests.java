package io.microplatform.user;

import java.util.stream.Collectors;
import java.util.stream.LongStream;

import io.microplatform.starter.test.ServiceTest;
import io.microplatform.user.UserClient.Answer;
import io.microplatform.user.UserClient.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@ServiceTest
class UserNamesTests {

	private static final long NO_USER = (1L << 53) - 1;

	private final UserClient users;

	private final String administrator;

	UserNamesTests(@LocalServerPort int port) {
		this.users = new UserClient(port);
		this.administrator = this.users.administrator();
	}

	@Test
	void areOfThoseThatExistAlsoWhenTheyAreClosed() {
		Person ann = this.users.person();
		Person bea = this.users.person();
		this.users.patch(bea.id(), bea.token(), "{\"name\":\"Bea\"}");
		this.users.delete(bea.id(), bea.token());
		Answer answer = names("id=%s&id=%s&id=%s&id=%s".formatted(bea.id(), NO_USER, ann.id(), bea.id()));
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body().toString())
			.isEqualTo("{\"items\":[{\"id\":%s,\"name\":\"Ada\"},{\"id\":%s,\"name\":\"Bea\"}]}".formatted(ann.id(),
					bea.id()));
	}

	@Test
	void areForAdministrators() {
		Person ann = this.users.person();
		assertThat(this.users.get("/users/names?id=" + ann.id(), ann.token()).status()).isEqualTo(403);
		assertThat(this.users.get("/users/names?id=" + ann.id(), "").status()).isEqualTo(401);
	}

	@Test
	void areAtMostAHundred() {
		assertThat(names(ids(100)).status()).isEqualTo(200);
		assertNamesId(names(ids(101)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "id=", "id=a", "id=1&id=", "id=1&id=9223372036854775808" })
	void areOfIds(String query) {
		assertNamesId(names(query));
	}

	private Answer names(String query) {
		return this.users.get("/users/names?" + query, this.administrator);
	}

	private static String ids(int count) {
		return LongStream.rangeClosed(1, count).mapToObj((id) -> "id=" + id).collect(Collectors.joining("&"));
	}

	private static void assertNamesId(Answer answer) {
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body().get("errors").get(0).get("field").asString()).isEqualTo("id");
	}

}
