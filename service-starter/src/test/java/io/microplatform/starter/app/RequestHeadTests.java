package io.microplatform.starter.app;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import io.microplatform.instance.token.TokenProperties;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.TestTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Heads of requests as large and as odd as the gateway lets through.
 */
@ServiceTest
@Import(TestTokens.class)
class RequestHeadTests {

	/** What the gateway takes. */
	private static final int LINE = 4096;

	private static final int HEADERS = 8192;

	private final int port;

	private final int managementPort;

	private final String authorization;

	RequestHeadTests(@LocalServerPort int port, @LocalManagementPort int managementPort, TokenProperties tokens) {
		this.port = port;
		this.managementPort = managementPort;
		this.authorization = "Authorization: " + TestTokens.bearer(7, tokens);
	}

	static Stream<List<String>> heads() {
		return Stream.of(List.of("User-Agent: " + "a".repeat(HEADERS)), Collections.nCopies(99, "User-Agent: a"),
				Collections.nCopies(HEADERS / 7, "Prefer: "),
				List.of("Accept-Language: en,en,en,en,en,en,en,en,en,en,en"),
				Collections.nCopies(20, "Accept-Language: de,fr;q=0.5,*;q=0.1"),
				List.of("Accept-Language: " + "e,".repeat(HEADERS / 2)),
				List.of("Accept-Language: ;;q=,*;q=nonsense,\u00ff,a-b-c-d-e-f-g-h-i-j-k-l-m"),
				List.of("Cookie: " + "a=b; ".repeat(HEADERS / 5)));
	}

	@ParameterizedTest
	@MethodSource("heads")
	void areTaken(List<String> head) throws IOException {
		String longest = "?" + "a&".repeat((LINE - 50) / 2);
		assertThat(get("/who" + longest, head).status()).isEqualTo(401);
		assertThat(get("/open" + longest, head).status()).isEqualTo(200);
		assertThat(get("/find" + longest, with(head)).status()).isEqualTo(200);
		assertThat(RawCall.send(this.managementPort, "GET /actuator/health/readiness" + longest, head).status())
			.isEqualTo(200);
	}

	@Test
	void mayHaveMoreParametersThanTomcatCountsByDefault() throws IOException {
		assertThat(get("/find?" + "a=&".repeat(1001) + "x=7", with(List.of())).text()).endsWith("7");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x=%FF", "x=%C0%AF", "x=%ED%A0%80", "%FF=1", "=1", "x=%zz", "x=%", "x=%4", "x=%00%FF" })
	void withAQueryThatCannotBeReadAreMalformed(String query) throws IOException {
		assertThat(get("/find?" + query, List.of()).status()).isEqualTo(401);
		RawCall answer = get("/find?" + query, with(List.of()));
		assertThat(answer.status()).as(answer.text()).isEqualTo(400);
		assertThat(answer.text()).contains("/problems/malformed-request");
		assertThat(answer.traceId()).isNotBlank();
		assertThat(RawCall.send(this.managementPort, "GET /actuator/prometheus?" + query, List.of()).status()).isIn(200,
				400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/open/%FF", "/open/%C0%AF", "/open/%C2%85", "/open/%E2%80%A8", "/open/%ED%A0%80" })
	void withAPathThatCannotBeReadAreMalformed(String path) throws IOException {
		RawCall answer = get(path, with(List.of()));
		assertThat(answer.status()).as(answer.text()).isIn(400, 404);
		assertThat(answer.traceId()).isNotBlank();
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "PATCH", "DELETE" })
	void withAFormAsBodyAreRefusedForThat(String method) throws IOException {
		for (String body : List.of("x=%FF", "%zz", "=1", "a=&".repeat(1001), "x".repeat(60_000))) {
			for (String type : List.of("application/x-www-form-urlencoded", "multipart/form-data; boundary=b")) {
				RawCall answer = RawCall.send(this.port, method + " /effects", with(List.of("Content-Type: " + type)),
						body);
				assertThat(answer.status()).as(answer.text()).isEqualTo(method.equals("POST") ? 415 : 405);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "*/*", "application/*", "application/*+json", "application/json;charset=",
			"application/json;charset=\"", "application/json;charset=nonsense", "json", "/", ";", "\"", "" })
	void withATypeThatIsNoneHaveNone(String type) throws IOException {
		List<String> headers = with(List.of("Content-Type: " + type));
		assertThat(RawCall.send(this.port, "POST /effects", headers, "{\"what\":\"a\"}").status()).isEqualTo(415);
		assertThat(RawCall.send(this.port, "POST /effects/7/undo", headers).status()).isEqualTo(204);
		assertThat(get("/who", headers).status()).isEqualTo(200);
		assertThat(RawCall.send(this.port, "PATCH /nothing", headers, "{").status()).isEqualTo(404);
		assertThat(RawCall.send(this.managementPort, "DELETE /actuator/prometheus", headers).status()).isEqualTo(405);
	}

	@Test
	void withATokenAsLongAsAHeaderMayBeAreUnauthorized() throws IOException {
		for (String token : List.of("a".repeat(8000), "a.".repeat(4000), "e30.".repeat(2) + "a".repeat(8000))) {
			RawCall answer = get("/who", List.of("Authorization: Bearer " + token));
			assertThat(answer.status()).as(answer.text()).isEqualTo(401);
		}
	}

	private RawCall get(String target, List<String> headers) throws IOException {
		return RawCall.send(this.port, "GET " + target, headers);
	}

	private List<String> with(List<String> headers) {
		return Stream.concat(Stream.of(this.authorization), headers.stream()).toList();
	}

}
