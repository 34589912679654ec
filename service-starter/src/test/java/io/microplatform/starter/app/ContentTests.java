package io.microplatform.starter.app;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import io.microplatform.instance.token.TokenProperties;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.TestTokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests whose bodies or answers are something else than JSON in UTF-8: they have no
 * effect, or the answer is JSON in UTF-8 all the same.
 */
@ServiceTest
@Import(TestTokens.class)
class ContentTests {

	private static final String GOOD = "{\"what\":\"Ågren's\"}";

	private final KeyedCalls calls;

	private final RestClient client;

	private long effectsBefore;

	ContentTests(@LocalServerPort int port, TokenProperties tokens, KeyedCalls calls) {
		this.calls = calls;
		this.client = RestClient.builder()
			.baseUrl("http://127.0.0.1:" + port)
			.defaultHeader(HttpHeaders.AUTHORIZATION, TestTokens.bearer(7, tokens))
			.defaultStatusHandler((status) -> true, (request, response) -> {
			})
			.build();
	}

	@BeforeEach
	void countEffects() {
		this.effectsBefore = this.calls.effects();
	}

	@Nested
	class TheAnswer {

		@ParameterizedTest
		@ValueSource(strings = { "", "*/*", "application/*", "application/json", "application/json;charset=utf-8",
				"application/json;charset=utf-16", "application/json;charset=UTF-16BE",
				"application/json;charset=iso-8859-1", "application/json; charset=UTF-32", "application/json;version=2",
				"*/*;charset=utf-16", "application/*;charset=utf-32", "text/html, application/json;q=0.1",
				"text/html;q=0, */*" })
		void isJsonInUtf8WhereverJsonIsAccepted(String accepted) {
			String key = UUID.randomUUID().toString();
			assertMade(acceptAnswer(accepted));
			ResponseEntity<byte[]> first = acceptAnswer(accepted, key);
			assertMade(first);
			ResponseEntity<byte[]> repeat = acceptAnswer(accepted, key);
			assertMade(repeat);
			assertThat(repeat.getBody()).isEqualTo(first.getBody());
			assertThat(effects()).isEqualTo(2);
		}

		@ParameterizedTest
		@ValueSource(strings = { "text/html", "text/plain", "application/xml", "image/*", "application/cbor",
				"application/json;q=0", "*/*;q=0", "application/*;q=0", "application/json;q=0, */*", "nonsense",
				"application/json;q=2", "application/json;charset=nonsense", "application/problem+json" })
		void isRefusedBeforeTheEffectWhereJsonIsNot(String accepted) {
			assertRefused(acceptAnswer(accepted), 406, "not-acceptable");
			assertRefused(acceptAnswer(accepted, UUID.randomUUID().toString()), 406, "not-acceptable");
		}

		@Test
		void isRefusedBeforeTheEffectWhereTheHeaderIsTooLong() {
			assertRefused(acceptAnswer("text/html,".repeat(60) + "application/json"), 406, "not-acceptable");
		}

		private ResponseEntity<byte[]> acceptAnswer(String accepted, String... keys) {
			return send(GOOD.getBytes(StandardCharsets.UTF_8), (headers) -> {
				headers.setContentType(MediaType.APPLICATION_JSON);
				headers.set(HttpHeaders.ACCEPT, accepted);
				headers.addAll("Idempotency-Key", List.of(keys));
			});
		}

	}

	@Nested
	class TheBody {

		@ParameterizedTest
		@ValueSource(strings = { "br", "gzip", "GZIP", "deflate", "zstd", "x-gzip", "identity, br", "aes128gcm",
				"nonsense" })
		void mayNotBeEncoded(String coding) {
			ResponseEntity<byte[]> answer = encoded(coding);
			assertRefused(answer, 415, "unsupported-media-type");
			assertThat(answer.getHeaders().getFirst(HttpHeaders.ACCEPT_ENCODING)).isEqualTo("identity");
		}

		@Test
		void mayNotBeEncodedAsOneOfManyHeadersSays() {
			assertRefused(encoded("identity", "br"), 415, "unsupported-media-type");
		}

		@ParameterizedTest
		@ValueSource(strings = { "identity", "Identity", "", "identity, identity" })
		void mayBeSaidToBeAsItIs(String coding) {
			assertMade(encoded(coding));
		}

		@Test
		void mayBeMissingWhateverItsEncoding() {
			ResponseEntity<byte[]> answer = ContentTests.this.client.post()
				.uri("/effects/7/undo")
				.header(HttpHeaders.CONTENT_ENCODING, "br")
				.retrieve()
				.toEntity(byte[].class);
			assertThat(answer.getStatusCode().value()).isEqualTo(204);
		}

		@ParameterizedTest
		@ValueSource(strings = { "ISO-8859-1", "UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "US-ASCII" })
		void mayNotBeInAnotherCharset(String charset) {
			byte[] body = GOOD.getBytes(Charset.forName(charset));
			assertRefused(json(body, "application/json;charset=" + charset), 415, "unsupported-media-type");
			if (!charset.equals("US-ASCII")) {
				assertRefused(json(body, "application/json"), 400, "malformed-request");
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "application/json;charset=utf-8", "application/json; charset=\"UTF-8\"" })
		void mayBeSaidToBeInUtf8(String type) {
			assertMade(json(GOOD.getBytes(StandardCharsets.UTF_8), type));
		}

		@ParameterizedTest
		@ValueSource(strings = { "c0af", "c080", "c1bf", "e080af", "e09fbf", "f08080af", "f08fbfbf", "eda080", "edbfbf",
				"eda080edb080", "f4908080", "f5808080", "f888808080", "ff", "fe", "80", "bf", "c3", "e282", "f09f98",
				"c3c3", "e28241", "00" })
		void isUtf8AndNothingElse(String hex) {
			assertRefused(json(around("{\"what\":\"a", hex, "b\"}"), "application/json"), 400, "malformed-request");
			assertRefused(json(around("{\"what\":\"tea\",\"a", hex, "b\":1}"), "application/json"), 400,
					"malformed-request");
			assertRefused(json(around("{\"what\":\"tea\"}", hex, ""), "application/json"), 400, "malformed-request");
		}

		@ParameterizedTest
		@ValueSource(strings = { "41", "c280", "dfbf", "e0a080", "ed9fbf", "ee8080", "efbfbf", "f0908080", "f48fbfbf",
				"f09f9880" })
		void mayHaveEveryCharacter(String hex) {
			assertMade(json(around("{\"what\":\"a", hex, "b\"}"), "application/json"));
		}

		@Test
		void mayBeginWithTheMarkOfUtf8() {
			assertMade(json(around("", "efbbbf", GOOD), "application/json"));
		}

		private ResponseEntity<byte[]> encoded(String... codings) {
			return send(GOOD.getBytes(StandardCharsets.UTF_8), (headers) -> {
				headers.setContentType(MediaType.APPLICATION_JSON);
				headers.addAll(HttpHeaders.CONTENT_ENCODING, List.of(codings));
			});
		}

		private ResponseEntity<byte[]> json(byte[] body, String type) {
			return send(body, (headers) -> headers.set(HttpHeaders.CONTENT_TYPE, type));
		}

		private static byte[] around(String before, String hex, String after) {
			return HexFormat.of()
				.parseHex(HexFormat.of().formatHex(before.getBytes(StandardCharsets.UTF_8)) + hex
						+ HexFormat.of().formatHex(after.getBytes(StandardCharsets.UTF_8)));
		}

	}

	private long effects() {
		return this.calls.effects() - this.effectsBefore;
	}

	private void assertMade(ResponseEntity<byte[]> answer) {
		assertThat(answer.getStatusCode().value()).isEqualTo(201);
		assertThat(answer.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE)).isEqualTo("application/json");
		assertThat(answer.getBody()).asString(StandardCharsets.UTF_8).startsWith("{\"id\":").contains("\"what\":");
		assertThat(effects()).isPositive();
	}

	private void assertRefused(ResponseEntity<byte[]> answer, int status, String kind) {
		assertThat(answer.getStatusCode().value()).isEqualTo(status);
		assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(answer.getBody()).asString(StandardCharsets.UTF_8).contains("\"type\":\"/problems/" + kind + "\"");
		assertThat(effects()).isZero();
	}

	private ResponseEntity<byte[]> send(byte[] body, Consumer<HttpHeaders> headers) {
		return this.client.post().uri("/effects").headers(headers).body(body).retrieve().toEntity(byte[].class);
	}

}
