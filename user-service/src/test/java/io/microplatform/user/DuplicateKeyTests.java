package io.microplatform.user;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.microplatform.starter.test.ServiceTest;
import io.microplatform.user.UserClient.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Only the constraint on the e-mail means that an address has an account.
 */
@ServiceTest
@ExtendWith(OutputCaptureExtension.class)
class DuplicateKeyTests {

	private static final String SEQUENCE = """
			select setval(pg_get_serial_sequence('users', 'id'), (select %s(id) from users), %s)""";

	private final UserClient users;

	private final JdbcClient jdbc;

	DuplicateKeyTests(@LocalServerPort int port, JdbcClient jdbc) {
		this.users = new UserClient(port);
		this.jdbc = jdbc;
	}

	@Test
	void aSequenceThatIsBehindItsTableIsADefect(CapturedOutput output) {
		this.users.person();
		this.jdbc.sql(SEQUENCE.formatted("min", false)).query().singleValue();
		try {
			Answer answer = register(UUID.randomUUID() + "@example.org");
			assertThat(answer.status()).isEqualTo(500);
			assertThat(answer.body().get("type").asString()).isEqualTo("/problems/internal");
			assertThat(output.toString()).contains("users_pkey", answer.body().get("traceId").asString());
		}
		finally {
			this.jdbc.sql(SEQUENCE.formatted("max", true)).query().singleValue();
		}
	}

	@Test
	void ofRegistrationsOfOneAddressAtOnceOneSucceedsAndTheOthersConflict() throws Exception {
		String email = UUID.randomUUID() + "@example.org";
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Integer> statuses = threads.invokeAll(
					IntStream.range(0, 6).<Callable<Integer>>mapToObj((i) -> () -> register(email).status()).toList())
				.stream()
				.map(Future::resultNow)
				.toList();
			assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
		}
	}

	private Answer register(String email) {
		return this.users.call(HttpMethod.POST, "/users", "",
				"{\"name\":\"Ada\",\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, UserClient.PASSWORD), "");
	}

}
