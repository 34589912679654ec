package io.microplatform.order;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

import io.microplatform.instance.token.TokenProperties;
import io.microplatform.instance.training.TrainingCall;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.TestTokens;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The training calls go the whole way and change nothing.
 */
@ServiceTest
@Import(TestTokens.class)
class TrainingTests {

	private static final long UNKNOWN_USER = (1L << 53) - 1;

	private static final List<String> TABLES = List.of("orders", "outbox", "idempotency_keys");

	private final int port;

	private final String authorization;

	private final List<TrainingCall> calls;

	private final JdbcClient jdbc;

	private final RestClient client = RestClient.builder()
		.defaultStatusHandler((status) -> true, (request, response) -> {
		})
		.build();

	TrainingTests(@LocalServerPort int port, TokenProperties tokens, ObjectProvider<TrainingCall> calls,
			JdbcClient jdbc) {
		this.port = port;
		this.authorization = TestTokens.bearer(UNKNOWN_USER, tokens);
		this.calls = calls.stream().toList();
		this.jdbc = jdbc;
	}

	@Test
	void everyCallIsAnsweredAndNothingIsLeftOfIt() {
		List<Long> before = rows().toList();
		List<Integer> answers = this.calls.stream().map(this::status).toList();
		assertThat(answers).containsExactlyInAnyOrder(200, 404, 422, 404);
		assertThat(rows()).containsExactlyElementsOf(before);
	}

	private int status(TrainingCall call) {
		return this.client.method(call.method())
			.uri(URI.create("http://127.0.0.1:" + this.port + call.target()))
			.header(HttpHeaders.AUTHORIZATION, this.authorization)
			.headers((headers) -> call.headers().forEach(headers::set))
			.body(call.body())
			.retrieve()
			.toBodilessEntity()
			.getStatusCode()
			.value();
	}

	/** Of the user that does not exist, because other tests write at the same time. */
	private Stream<Long> rows() {
		return TABLES.stream()
			.map((table) -> this.jdbc
				.sql("select count(*) from %s where %s".formatted(table,
						table.equals("outbox") ? "message_key = '" + UNKNOWN_USER + "'" : "user_id = " + UNKNOWN_USER))
				.query(Long.class)
				.single());
	}

}
