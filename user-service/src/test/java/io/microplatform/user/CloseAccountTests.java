package io.microplatform.user;

import io.microplatform.starter.test.ServiceTest;
import io.microplatform.user.UserClient.Answer;
import io.microplatform.user.UserClient.Person;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

@ServiceTest
class CloseAccountTests {

	private final UserClient users;

	private final Person ann;

	private final String administrator;

	CloseAccountTests(@LocalServerPort int port) {
		this.users = new UserClient(port);
		this.ann = this.users.person();
		this.administrator = this.users.administrator();
	}

	@Test
	void whoClosesTheAccountIsNotThereAnyMore() {
		assertThat(close(this.ann.token())).isEqualTo(204);
		assertThat(this.users.login(this.ann.email(), UserClient.PASSWORD).status()).isEqualTo(401);
		assertThat(this.users.get("/users/me", this.ann.token()).status()).isEqualTo(404);
		assertThat(this.users.get(this.ann.path(), this.ann.token()).status()).isEqualTo(404);
		assertThat(this.users.patch(this.ann.id(), this.ann.token(), "{\"name\":\"Ann\"}").status()).isEqualTo(404);
		assertThat(close(this.ann.token())).isEqualTo(204);
	}

	@Test
	void theEmailStaysTaken() {
		close(this.ann.token());
		Answer again = this.users.call(HttpMethod.POST, "/users", "",
				"{\"name\":\"Ada\",\"email\":\"%s\",\"password\":\"correct horse\"}".formatted(this.ann.email()), "");
		assertThat(again.status()).isEqualTo(409);
	}

	@Test
	void anAdministratorClosesAnybodysAndOpensItAgain() {
		assertThat(close(this.administrator)).isEqualTo(204);
		assertThat(close(this.administrator)).isEqualTo(204);
		Answer read = this.users.get(this.ann.path(), this.administrator);
		assertThat(read.body().get("status").asString()).isEqualTo("CLOSED");
		this.users.patch(this.ann.id(), this.administrator, "{\"status\":\"ACTIVE\"}");
		assertThat(this.users.login(this.ann.email(), UserClient.PASSWORD).status()).isEqualTo(200);
	}

	@Test
	void nobodyElseClosesIt() {
		assertThat(close(this.users.person().token())).isEqualTo(404);
		assertThat(close("")).isEqualTo(401);
		assertThat(this.users.delete(1L << 52, this.administrator).status()).isEqualTo(404);
		assertThat(this.users.get("/users/me", this.ann.token()).status()).isEqualTo(200);
	}

	@Test
	void whoHasSeenAnotherVersionDoesNotCloseIt() {
		String etag = this.users.get("/users/me", this.ann.token()).etag();
		assertThat(closeIfMatch("\"other\"").body().get("type").asString()).isEqualTo("/problems/precondition-failed");
		assertThat(closeIfMatch(etag).status()).isEqualTo(204);
	}

	private int close(String token) {
		return this.users.delete(this.ann.id(), token).status();
	}

	private Answer closeIfMatch(String header) {
		return this.users.call(HttpMethod.DELETE, this.ann.path(), this.ann.token(), "", "If-Match: " + header);
	}

}
