package io.microplatform.user;

import java.util.List;

import com.nimbusds.jwt.SignedJWT;
import io.microplatform.starter.test.ConfiguredLikeUp;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.user.UserClient.Answer;
import io.microplatform.user.UserClient.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@ServiceTest
class RoleTests {

	private final JdbcClient jdbc;

	private final ObjectProvider<ApplicationRunner> runners;

	private final UserClient users;

	RoleTests(@LocalServerPort int port, JdbcClient jdbc, ObjectProvider<ApplicationRunner> runners) {
		this.jdbc = jdbc;
		this.runners = runners;
		this.users = new UserClient(port);
	}

	@Test
	void whoRegistersIsAUser() throws Exception {
		assertThat(roles(this.users.person().token())).containsExactly("USER");
	}

	@Test
	void theFirstAdministratorIsThereFromTheStart() throws Exception {
		assertThat(roles(this.users.administrator())).containsExactly("USER", "ADMIN");
	}

	@Test
	void anotherStartMakesNoOtherAdministrator() throws Exception {
		for (ApplicationRunner runner : this.runners.orderedStream().toList()) {
			runner.run(new DefaultApplicationArguments());
		}
		assertThat(this.jdbc.sql("select count(*) from users where email_key = :email")
			.param("email", ConfiguredLikeUp.ADMIN_EMAIL)
			.query(Integer.class)
			.single()).isOne();
		assertThat(this.users.administrator()).isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SUSPENDED", "CLOSED" })
	void whoIsNotActiveIsAnsweredLikeAWrongPassword(String status) {
		Person person = this.users.person();
		this.jdbc.sql("update users set status = :status where id = :id")
			.param("status", status)
			.param("id", person.id())
			.update();
		Answer refused = this.users.login(person.email(), UserClient.PASSWORD);
		Answer wrong = this.users.login(person.email(), "wrong password");
		assertThat(refused.status()).isEqualTo(401).isEqualTo(wrong.status());
		assertThat(refused.body().get("detail")).isEqualTo(wrong.body().get("detail"));
	}

	private static List<String> roles(String token) throws Exception {
		return SignedJWT.parse(token).getJWTClaimsSet().getStringListClaim("roles");
	}

}
