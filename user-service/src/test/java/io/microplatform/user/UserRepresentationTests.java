package io.microplatform.user;

import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.Topics;
import io.microplatform.user.UserClient.Answer;
import io.microplatform.user.UserClient.Person;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ServiceTest
class UserRepresentationTests {

	private final UserClient users;

	private final Person ann;

	UserRepresentationTests(@LocalServerPort int port) {
		this.users = new UserClient(port);
		this.ann = this.users.person();
	}

	@Test
	void anAdministratorSeesAnybodyWithRoleAndStatus() {
		Answer answer = this.users.get(this.ann.path(), this.users.administrator());
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body().get("email").asString()).isEqualTo(this.ann.email());
		assertThat(answer.body().get("role").asString()).isEqualTo("USER");
		assertThat(answer.body().get("status").asString()).isEqualTo("ACTIVE");
	}

	@Test
	void anAdministratorIsToldWhenThereIsNobody() {
		assertThat(this.users.get("/users/" + (1L << 52), this.users.administrator()).status()).isEqualTo(404);
	}

	@Test
	void anybodyElseSeesThemselvesOnly() {
		assertThat(this.users.get(this.ann.path(), this.users.person().token()).status()).isEqualTo(404);
		assertThat(this.users.get(this.ann.path(), this.ann.token()).body().propertyNames())
			.containsExactlyInAnyOrder("id", "name", "email", "creditLimit", "creditAvailable");
	}

	@Nested
	class AnEntityTag {

		@Test
		void isStrongAndTheSameForTheSame() {
			Answer first = get("/users/me");
			assertThat(first.etag()).matches("\"[^\"]+\"");
			assertThat(get("/users/me").etag()).isEqualTo(first.etag());
			assertThat(get(path()).etag()).isEqualTo(first.etag());
		}

		@Test
		void sparesWhoHasItTheBody() {
			String etag = get(path()).etag();
			Answer again = getIfNoneMatch(etag);
			assertThat(again.status()).isEqualTo(304);
			assertThat(again.etag()).isEqualTo(etag);
			assertThat(getIfNoneMatch("\"other\", " + etag).status()).isEqualTo(304);
			assertThat(getIfNoneMatch("W/" + etag).status()).isEqualTo(304);
			assertThat(getIfNoneMatch("\"other\"").status()).isEqualTo(200);
			assertThat(getIfNoneMatch("not an entity tag").status()).isEqualTo(200);
		}

		@Test
		void isAnotherOneForAnotherUser() {
			Person bob = UserRepresentationTests.this.users.person();
			String ofBob = UserRepresentationTests.this.users.get("/users/me", bob.token()).etag();
			assertThat(get("/users/me").etag()).isNotEqualTo(ofBob);
			assertThat(getIfNoneMatch("/users/me", ofBob).status()).isEqualTo(200);
			assertThat(getIfNoneMatch(path(), ofBob).status()).isEqualTo(200);
			assertThat(UserRepresentationTests.this.users
				.call(HttpMethod.PATCH, path(), UserRepresentationTests.this.ann.token(), "{\"name\":\"Ann\"}",
						"If-Match: " + ofBob)
				.status()).isEqualTo(412);
			String administrator = UserRepresentationTests.this.users.administrator();
			assertThat(UserRepresentationTests.this.users.get(bob.path(), administrator).etag())
				.isNotEqualTo(UserRepresentationTests.this.users.get(path(), administrator).etag());
		}

		@Test
		void comesWithWhatTheAnswerDependsOn() {
			Answer first = get("/users/me");
			assertThat(first.headers().getVary()).containsExactly("Authorization");
			assertThat(getIfNoneMatch("/users/me", first.etag()).headers().getVary()).containsExactly("Authorization");
		}

		@Test
		void isAnotherOneForWhatAdministratorsSee() {
			assertThat(
					UserRepresentationTests.this.users.get(path(), UserRepresentationTests.this.users.administrator())
						.etag())
				.isNotEqualTo(get(path()).etag());
		}

		@Test
		void changesWithTheAvailableCredit() throws Exception {
			String before = get(path()).etag();
			long id = UserRepresentationTests.this.ann.id();
			Topics.publish("orders", UUID.randomUUID(), "order.created", id,
					String.format(Locale.ROOT, "{\"orderId\":%d,\"userId\":%d,\"amount\":1.00}",
							ThreadLocalRandom.current().nextLong(1, 1L << 53), id));
			await().untilAsserted(() -> {
				Answer after = getIfNoneMatch(before);
				assertThat(after.status()).isEqualTo(200);
				assertThat(after.etag()).isNotEqualTo(before);
				assertThat(after.body().get("creditAvailable").decimalValue()).isEqualByComparingTo("999.00");
			});
		}

		private Answer getIfNoneMatch(String header) {
			return getIfNoneMatch(path(), header);
		}

		private Answer getIfNoneMatch(String uri, String header) {
			return UserRepresentationTests.this.users.call(HttpMethod.GET, uri,
					UserRepresentationTests.this.ann.token(), "", "If-None-Match: " + header);
		}

		private Answer get(String uri) {
			return UserRepresentationTests.this.users.get(uri, UserRepresentationTests.this.ann.token());
		}

		private String path() {
			return UserRepresentationTests.this.ann.path();
		}

	}

}
