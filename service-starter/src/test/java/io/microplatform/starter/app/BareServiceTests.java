package io.microplatform.starter.app;

import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import io.microplatform.instance.token.TokenProperties;
import io.microplatform.starter.event.Outbox;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.TestTokens;
import io.microplatform.starter.test.Topics;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ServiceTest
@Import(TestTokens.class)
class BareServiceTests {

	private final TokenProperties tokens;

	private final Outbox outbox;

	private final TransactionTemplate transaction;

	private final RestClient client;

	BareServiceTests(@LocalServerPort int port, TokenProperties tokens, Outbox outbox,
			PlatformTransactionManager transactions) {
		this.tokens = tokens;
		this.outbox = outbox;
		this.transaction = new TransactionTemplate(transactions);
		this.client = RestClient.builder()
			.baseUrl("http://127.0.0.1:" + port)
			.defaultStatusHandler((status) -> true, (request, response) -> {
			})
			.build();
	}

	@Nested
	class WithoutAToken {

		@Test
		void whatIsDeclaredPublicIsOpen() {
			assertThat(get("/open", "").getBody()).isEqualTo("open");
		}

		@ParameterizedTest
		@ValueSource(strings = { "Bearer", "Bearer ", "Bearer nonsense", "Bearer a b", "bearer e30.e30.e30", "Basic !",
				"Nonsense" })
		void whatIsDeclaredPublicIsOpenWhateverTheCredentials(String authorization) {
			assertThat(get("/open", authorization).getBody()).isEqualTo("open");
			assertProblem(get("/who", authorization), 401, "unauthorized");
			assertProblem(get("/open/more", authorization), 401, "unauthorized");
		}

		@ParameterizedTest
		@ValueSource(strings = { "/who", "/nothing", "/error", "/actuator", "/actuator/env", "/open/more" })
		void everythingElseIsRefused(String path) {
			ResponseEntity<String> answer = get(path, "");
			assertProblem(answer, 401, "unauthorized");
			assertThat(answer.getHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE)).isEqualTo("Bearer");
		}

		@Test
		void aBadTokenIsNotExplained() {
			ResponseEntity<String> answer = get("/who", "Bearer nonsense");
			assertProblem(answer, 401, "unauthorized");
			assertThat(answer.getHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE))
				.isEqualTo("Bearer error=\"invalid_token\"");
		}

	}

	@Nested
	class WithAToken {

		@Test
		void theCallerIsKnown() {
			assertThat(getAsUser("/who").getBody()).isEqualTo("user 7");
		}

		@Test
		void aDefectTellsOnlyItsTraceId() {
			ResponseEntity<String> answer = getAsUser("/defect");
			assertProblem(answer, 500, "internal");
			assertThat(answer.getBody()).doesNotContain("secret", "IllegalState", "BareService");
		}

		@Test
		void aStoreThatIsAwayMeansTryAgain() {
			ResponseEntity<String> answer = getAsUser("/away");
			assertProblem(answer, 503, "unavailable");
			assertThat(answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
			assertThat(answer.getBody()).doesNotContain("10.1.2.3");
		}

		@Test
		void aStoreThatGoesAwayMeansTryAgain() {
			assertProblem(getAsUser("/lost"), 503, "unavailable");
		}

		@ParameterizedTest
		@ValueSource(strings = { "25006", "28P01", "3D000" })
		void aStoreThatIsNotAsItShouldBeMeansTryAgain(String state) {
			ResponseEntity<String> answer = getAsUser("/refused/" + state);
			assertProblem(answer, 503, "unavailable");
			assertThat(answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
		}

		@ParameterizedTest
		@ValueSource(strings = { "0A000", "22001", "23505" })
		void whatAStoreRefusesIsNoMistakeOfTheClient(String state) {
			ResponseEntity<String> answer = getAsUser("/refused/" + state);
			assertProblem(answer, 500, "internal");
			assertThat(answer.getBody()).doesNotContain("secret");
		}

		@Test
		void whatIsNotThereIsNotFound() {
			assertProblem(getAsUser("/nothing"), 404, "not-found");
		}

	}

	@Nested
	class ForSharedCaches {

		@ParameterizedTest
		@ValueSource(strings = { "/who", "/nothing" })
		void aRefusalDependsOnTheCaller(String path) {
			assertThat(get(path, "").getHeaders().getVary()).containsExactly(HttpHeaders.AUTHORIZATION);
		}

		@Test
		void anAnswerDependsOnTheCallerWhereTheServiceAsksWhoItIs() {
			assertThat(getAsUser("/who").getHeaders().getVary()).containsExactly(HttpHeaders.AUTHORIZATION);
			assertThat(get("/open", "").getHeaders().getVary()).isEmpty();
		}

	}

	@Nested
	class WithRoles {

		@Test
		void anAdministratorIsKnownAsOne() {
			assertThat(get("/who", TestTokens.administrator(7, BareServiceTests.this.tokens)).getBody())
				.isEqualTo("administrator 7");
		}

	}

	@Nested
	class TheOutbox {

		private final long key = ThreadLocalRandom.current().nextLong(1L << 53);

		@Test
		void takesNothingOutsideATransaction() {
			assertThatExceptionOfType(IllegalTransactionStateException.class)
				.isThrownBy(() -> BareServiceTests.this.outbox.append("orders", this.key, "test.done", "{}"));
		}

		@Test
		void publishesWhatIsCommittedInItsOrderAndNothingElse() {
			append("before");
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> BareServiceTests.this.transaction.executeWithoutResult((status) -> {
					BareServiceTests.this.outbox.append("orders", this.key, "test.rolled-back", Map.of());
					throw new IllegalStateException("after the event");
				}));
			IntStream.range(0, 250).forEach((i) -> append("after " + i));
			assertThat(Topics.read("orders", 251,
					(record) -> record.key() != null && record.key().equals(Long.toString(this.key))))
				.extracting((record) -> Topics.header(record, "ce_type"))
				.startsWith("before", "after 0", "after 1")
				.endsWith("after 249")
				.hasSize(251)
				.doesNotContain("test.rolled-back");
		}

		private void append(String type) {
			BareServiceTests.this.transaction.executeWithoutResult(
					(status) -> BareServiceTests.this.outbox.append("orders", this.key, type, Map.of()));
		}

	}

	private static void assertProblem(ResponseEntity<String> answer, int status, String kind) {
		assertThat(answer.getStatusCode().value()).isEqualTo(status);
		assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(answer.getBody()).contains("\"type\":\"/problems/" + kind + "\"", "\"status\":" + status)
			.containsPattern("\"traceId\":\"[0-9a-f]{32}\"");
	}

	private ResponseEntity<String> getAsUser(String path) {
		return get(path, TestTokens.bearer(7, this.tokens));
	}

	private ResponseEntity<String> get(String path, String authorization) {
		return this.client.get().uri(path).headers((headers) -> {
			if (!authorization.isEmpty()) {
				headers.set(HttpHeaders.AUTHORIZATION, authorization);
			}
		}).retrieve().toEntity(String.class);
	}

}
