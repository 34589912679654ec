package io.microplatform.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;

import com.jayway.jsonpath.JsonPath;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.microplatform.gateway.RawClient.Answer;
import io.microplatform.gateway.Upstream.Request;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A gateway with small limits that hardly refill during a test, behind a proxy that names
 * another client in each test.
 */
class RateLimitTests extends GatewayTest {

	private static final String LIMITS = "--platform.rate-limits.";

	private static final AtomicInteger next = new AtomicInteger(1);

	private static ConfigurableApplicationContext limited;

	private static HttpServer keys;

	private static ECKey key;

	private final int user = next.incrementAndGet();

	private final String client = "192.0.2." + this.user;

	@BeforeAll
	static void startGateway() throws Exception {
		key = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
		byte[] published = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
		keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		keys.createContext("/", (exchange) -> {
			exchange.sendResponseHeaders(200, published.length);
			exchange.getResponseBody().write(published);
			exchange.close();
		});
		keys.start();
		limited = start("--platform.tokens.keys-uri=http://keys/jwks",
				LIMITS + "trusted-proxies=127.0.0.0/8,10.0.0.0/8", LIMITS + "per-user.requests=1",
				LIMITS + "per-user.per=1h", LIMITS + "per-user.burst=3", LIMITS + "per-address.requests=1",
				LIMITS + "per-address.per=1h", LIMITS + "per-address.burst=4",
				LIMITS + "routes.login.per-address.requests=1", LIMITS + "routes.login.per-address.per=1h",
				LIMITS + "routes.login.per-address.burst=2");
	}

	@AfterAll
	static void stop() {
		limited.close();
		keys.stop(0);
	}

	@BeforeEach
	void registerKeys() {
		register("keys", keys.getAddress().getPort());
	}

	@Test
	void anAddressIsLimitedAcrossRoutes() throws Exception {
		for (int left = 3; left >= 0; left--) {
			Answer answer = from(this.client, "GET /users/7");
			assertThat(answer.status()).isEqualTo(201);
			assertLimit(answer, "\"per-address\";q=4;w=14400", "\"per-address\";r=" + left + ";t=");
		}

		Answer refused = from(this.client, "GET /orders");

		assertProblem(refused, 429, "too-many-requests");
		assertLimit(refused, "\"per-address\";q=4;w=14400", "\"per-address\";r=0;t=");
		assertThat(Integer.parseInt(refused.headers().getOrDefault("retry-after", "0"))).isBetween(3500, 3600);
		assertThat(JsonPath.<String>read(refused.body(), "$.detail")).startsWith("More than 4 requests in 14400 s.");
		assertThat(upstream.takeRequests()).hasSize(4);
	}

	@Test
	void addressesHaveLimitsOfTheirOwn() throws Exception {
		exhaust(this.client);

		assertThat(from("198.51.100." + this.user, "GET /users/7").status()).isEqualTo(201);
	}

	@Test
	void problemsOfTheGatewayDescribeTheLimit() throws Exception {
		Answer answer = from(this.client, "GET /users/break-off");

		assertProblem(answer, 502, "bad-gateway");
		assertLimit(answer, "\"per-address\";q=4;w=14400", "\"per-address\";r=3;t=");
	}

	@Test
	void aUserIsLimitedAtAllAddressesAndWithAllTokens() throws Exception {
		for (int left = 2; left >= 0; left--) {
			Answer answer = from("203.0.113." + left, "GET /users/7", bearer(key, this.user));
			assertThat(answer.status()).isEqualTo(201);
			assertLimit(answer, "\"per-user\";q=3;w=10800", "\"per-user\";r=" + left + ";t=");
		}

		assertProblem(from(this.client, "GET /users/7", bearer(key, this.user)), 429, "too-many-requests");
		assertThat(upstream.takeRequests()).hasSize(3);
	}

	@Test
	void usersAtOneAddressHaveLimitsOfTheirOwn() throws Exception {
		String token = bearer(key, this.user);
		assertThat(from(this.client, "GET /users/7", token).status()).isEqualTo(201);
		exhaust(this.client);

		assertThat(from(this.client, "GET /users/7", token).status()).isEqualTo(201);
	}

	@Test
	void aValidTokenCostsItsAddressNothing() throws Exception {
		assertThat(from(this.client, "GET /users/7", bearer(key, this.user)).status()).isEqualTo(201);

		assertLimit(from(this.client, "GET /users/7"), "\"per-address\";q=4;w=14400", "\"per-address\";r=3;t=");
	}

	@Test
	void forgedTokensCountForTheirAddress() throws Exception {
		ECKey forged = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
		for (int left = 3; left >= 0; left--) {
			Answer answer = from(this.client, "GET /users/7", bearer(forged, this.user));
			assertThat(answer.status()).as("the service decides").isEqualTo(201);
			assertLimit(answer, "\"per-address\";q=4;w=14400", "\"per-address\";r=" + left + ";t=");
		}

		assertProblem(from(this.client, "GET /users/7", bearer(forged, this.user)), 429, "too-many-requests");
		assertThat(upstream.takeRequests()).hasSize(4);
	}

	@Test
	void aRouteWithAnOwnLimitPerAddressIsLimitedByAddressWhateverTokenIsSent() throws Exception {
		String token = bearer(key, this.user);
		assertThat(from(this.client, "POST /login", token).status()).isEqualTo(201);
		assertLimit(from(this.client, "POST /login"), "\"login\";q=2;w=7200", "\"login\";r=0;t=");

		assertProblem(from(this.client, "POST /login", token), 429, "too-many-requests");
		assertProblem(from(this.client, "POST /login"), 429, "too-many-requests");

		assertThat(from(this.client, "POST /users").headers().get("ratelimit-policy")).startsWith("\"sign-up\";");
		assertLimit(from(this.client, "GET /users/7"), "\"per-address\";q=4;w=14400", "\"per-address\";r=3;t=");
	}

	@Test
	void aClientCannotNameAnotherAddress() throws Exception {
		exhaust(this.client);

		assertProblem(from("198.51.100.77, " + this.client, "GET /users/7"), 429, "too-many-requests");
		assertProblem(from("198.51.100.78, " + this.client + ", 10.0.0.1", "GET /users/7"), 429, "too-many-requests");
	}

	@Test
	void aServiceGetsTheAddressOfTheClient() throws Exception {
		from("198.51.100.77, " + this.client + ", 10.0.0.1", "GET /users/7");

		assertThat(upstream.takeRequests()).singleElement()
			.extracting(Request::headers)
			.satisfies((headers) -> assertThat(headers.get("X-Forwarded-For")).containsExactly(this.client));
	}

	@Test
	void anIpv6NetworkIsOneClient() throws Exception {
		for (int host = 1; host <= 4; host++) {
			assertThat(from("2001:db8:0:1::" + host, "GET /users/7").status()).isEqualTo(201);
		}

		assertProblem(from("2001:db8:0:1:ffff::5", "GET /users/7"), 429, "too-many-requests");
		assertThat(from("2001:db8:0:2::1", "GET /users/7").status()).isEqualTo(201);
	}

	@Test
	void nothingIsLimitedIfLimitsAreDisabled() throws Exception {
		try (ConfigurableApplicationContext open = start(LIMITS + "enabled=false", LIMITS + "per-address.requests=1",
				LIMITS + "per-address.burst=1")) {
			for (int i = 0; i < 3; i++) {
				Answer answer = from(open, this.client, "GET /users/7");
				assertThat(answer.status()).isEqualTo(201);
				assertThat(answer.headers()).doesNotContainKeys("ratelimit", "ratelimit-policy");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "trusted-proxies=10.0.0.0/33", "trusted-proxies=proxy.example", "per-user.per=10ms",
			"per-user.burst=1", "routes.login.per-address.requests=0" })
	void anInvalidLimitStopsTheStart(String property) {
		assertThatThrownBy(() -> start(LIMITS + property)).hasStackTraceContaining("platform.rate-limits");
	}

	private static void exhaust(String client) throws IOException {
		for (int i = 0; i < 4; i++) {
			from(client, "GET /users/7");
		}
		assertProblem(from(client, "GET /users/7"), 429, "too-many-requests");
	}

	private static void assertLimit(Answer answer, String policy, String state) {
		assertThat(answer.headers()).containsEntry("ratelimit-policy", policy);
		assertThat(answer.headers().get("ratelimit")).startsWith(state);
	}

	private static Answer from(String client, String request, String... headers) throws IOException {
		return from(limited, client, request, headers);
	}

	private static Answer from(ConfigurableApplicationContext to, String client, String request, String... headers)
			throws IOException {
		int port = to.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		return RawClient.exchange(port,
				request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Forwarded-For: " + client + "\r\n"
						+ String.join("\r\n", headers) + ((headers.length > 0) ? "\r\n\r\n" : "\r\n"));
	}

	private static String bearer(ECKey by, int user) throws JOSEException {
		SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(by.getKeyID()).build(),
				new JWTClaimsSet.Builder().issuer("https://microplatform.example")
					.audience("microplatform")
					.subject(Integer.toString(user))
					.expirationTime(Date.from(Instant.now().plusSeconds(600)))
					.build());
		token.sign(new ECDSASigner(by));
		return "Authorization: Bearer " + token.serialize();
	}

}
