package io.microplatform.user;

import io.microplatform.starter.test.ServiceTest;
import io.microplatform.user.UserClient.Answer;
import io.microplatform.user.UserClient.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

@ServiceTest
class ChangeUserTests {

	private final UserClient users;

	private final Person ann;

	private final String administrator;

	ChangeUserTests(@LocalServerPort int port) {
		this.users = new UserClient(port);
		this.ann = this.users.person();
		this.administrator = this.users.administrator();
	}

	@Test
	void peopleChangeTheirName() {
		String before = this.users.get(this.ann.path(), this.ann.token()).etag();
		Answer changed = patch(this.ann.token(), "{\"name\":\"Ann\"}");
		assertThat(changed.status()).isEqualTo(200);
		assertThat(changed.body().get("name").asString()).isEqualTo("Ann");
		Answer read = this.users.get("/users/me", this.ann.token());
		assertThat(read.body()).isEqualTo(changed.body());
		assertThat(read.etag()).isEqualTo(changed.etag()).isNotEqualTo(before);
	}

	@Test
	void aChangeThatChangesNothingKeepsTheVersion() {
		String before = this.users.get(this.ann.path(), this.ann.token()).etag();
		assertThat(patch(this.ann.token(), "{}").etag()).isEqualTo(before);
		assertThat(patch(this.administrator, "{\"creditLimit\":1000}").status()).isEqualTo(200);
		assertThat(this.users.get(this.ann.path(), this.ann.token()).etag()).isEqualTo(before);
	}

	@Test
	void plainJsonIsAMergePatchToo() {
		Answer changed = this.users.call(HttpMethod.PATCH, this.ann.path(), this.ann.token(), "{\"name\":\"Ann\"}",
				"Content-Type: application/json");
		assertThat(changed.status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"creditLimit\":5000}", "{\"role\":\"ADMIN\"}", "{\"status\":\"CLOSED\"}",
			"{\"name\":\"Ann\",\"role\":\"USER\"}" })
	void theRestIsForAdministrators(String body) {
		assertProblem(patch(this.ann.token(), body), 403, "forbidden");
		assertThat(this.users.get("/users/me", this.ann.token()).body().get("name").asString()).isEqualTo("Ada");
	}

	@Test
	void somebodyElseIsNotThere() {
		assertProblem(patch(this.users.person().token(), "{\"name\":\"Eve\"}"), 404, "not-found");
		assertProblem(this.users.patch(1L << 52, this.administrator, "{\"name\":\"Eve\"}"), 404, "not-found");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '\'',
			value = { "name, '{\"name\":null}'", "name, '{\"name\":\"\"}'", "name, '{\"name\":1}'",
					"name, '{\"name\":\"a\\u0000\"}'", "creditLimit, '{\"creditLimit\":null}'",
					"creditLimit, '{\"creditLimit\":-0.01}'", "creditLimit, '{\"creditLimit\":1.001}'",
					"creditLimit, '{\"creditLimit\":1.00000000000000000000001}'",
					"creditLimit, '{\"creditLimit\":10000000000000}'", "creditLimit, '{\"creditLimit\":1e999999999}'",
					"creditLimit, '{\"creditLimit\":1e2147483647}'", "creditLimit, '{\"creditLimit\":0e2147483647}'",
					"creditLimit, '{\"creditLimit\":1e-2147483647}'", "creditLimit, '{\"creditLimit\":\"1\"}'",
					"creditLimit, '{\"creditLimit\":[1]}'", "role, '{\"role\":null}'", "role, '{\"role\":\"admin\"}'",
					"role, '{\"role\":1}'", "role, '{\"role\":\"1\"}'", "role, '{\"role\":\"\"}'",
					"status, '{\"status\":null}'", "status, '{\"status\":\"BLOCKED\"}'",
					"email, '{\"email\":\"new@example.org\"}'", "id, '{\"id\":1}'",
					"creditAvailable, '{\"creditAvailable\":1}'", "version, '{\"version\":null}'",
					"nickname, '{\"name\":\"Ann\",\"nickname\":{\"a\":[1]}}'" })
	void whatIsNotValidIsNamed(String field, String body) {
		Answer answer = patch(this.administrator, body);
		assertProblem(answer, 400, "validation");
		assertThat(answer.body().get("errors")).as(answer.body().toString())
			.extracting((error) -> error.get("field").asString())
			.containsExactly(field);
	}

	@Test
	void aMemberWhoseNameIsNoTextIsRefused() {
		assertProblem(patch(this.administrator, "{\"a\\ud800\":1}"), 400, "malformed-request");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "null", "1", "\"name\"", "{",
			"[{\"op\":\"replace\",\"path\":\"/name\",\"value\":\"A\"}]", "{\"name\":\"a\",\"name\":\"b\"}" })
	void whatIsNoMergePatchIsRefused(String body) {
		assertThat(patch(this.administrator, body).status()).isEqualTo(400);
	}

	@Test
	void anAdministratorMakesAnotherOne() {
		Answer changed = patch(this.administrator, "{\"role\":\"ADMIN\"}");
		assertThat(changed.body().get("role").asString()).isEqualTo("ADMIN");
		String token = this.users.token(this.ann.email(), UserClient.PASSWORD);
		assertThat(this.users.get("/users?limit=1", token).status()).isEqualTo(200);
	}

	@Test
	void aDismissedAdministratorChangesNothingMore() {
		patch(this.administrator, "{\"role\":\"ADMIN\"}");
		String token = this.users.token(this.ann.email(), UserClient.PASSWORD);
		patch(this.administrator, "{\"role\":\"USER\"}");
		assertThat(patch(token, "{\"role\":\"ADMIN\"}").status()).isEqualTo(403);
		assertThat(this.users.patch(this.users.person().id(), token, "{\"name\":\"Eve\"}").status()).isEqualTo(404);
	}

	@Test
	void whoIsSuspendedCannotLogInNorChangeAnythingUntilActiveAgain() {
		patch(this.administrator, "{\"status\":\"SUSPENDED\"}");
		assertThat(this.users.login(this.ann.email(), UserClient.PASSWORD).status()).isEqualTo(401);
		assertProblem(patch(this.ann.token(), "{\"name\":\"Ann\"}"), 403, "forbidden");
		patch(this.administrator, "{\"status\":\"ACTIVE\"}");
		assertThat(this.users.login(this.ann.email(), UserClient.PASSWORD).status()).isEqualTo(200);
	}

	private Answer patch(String token, String body) {
		return this.users.patch(this.ann.id(), token, body);
	}

	private static void assertProblem(Answer answer, int status, String kind) {
		assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
		assertThat(answer.body().get("type").asString()).isEqualTo("/problems/" + kind);
	}

}
