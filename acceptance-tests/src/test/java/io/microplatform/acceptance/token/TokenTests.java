package io.microplatform.acceptance.token;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jwt.PlainJWT;
import io.microplatform.lab.client.ClientAccount;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.NeedsStores;
import io.microplatform.acceptance.fixture.Wire;
import io.microplatform.lab.platform.TargetPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
@NeedsStores
class TokenTests {

	/** One path of each service, because both verify tokens. */
	private static final List<String> PATHS = List.of("/users/me", "/orders");

	private final TargetPlatform platform;

	private final ClientAccount ann;

	private final TokenForge forge;

	TokenTests(TargetPlatform platform) {
		this.platform = platform;
		this.ann = platform.signUp("Ann");
		this.forge = TokenForge.of(platform, this.ann.token());
	}

	@Test
	void areAcceptedWithThePlatformsOwnKey() {
		// Proves that the tokens in the tests below fail only because of the changed
		// part.
		String token = this.forge.withClaims((claims) -> claims.expirationTime(TokenForge.inMinutes(1)));
		assertThat(this.platform.guest().withToken(token).me()).isJson(200);
		assertThat(this.platform.guest().withToken(token).orders("")).isJson(200);
	}

	@Test
	void areAcceptedFromAnIssuerWhoseClockIsAhead() {
		String token = this.forge.withClaims(
				(claims) -> claims.issueTime(TokenForge.inMinutes(60)).expirationTime(TokenForge.inMinutes(75)));
		assertThat(this.platform.guest().withToken(token).me()).isJson(200);
		assertThat(this.platform.guest().withToken(token).orders("")).isJson(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /users/me", "GET /users/1", "POST /orders", "GET /orders", "GET /orders/1",
			"GET /orders?limit=1000" })
	void areRequired(String call) {
		assertThat(Wire.exchange(this.platform.gateway(), call + " HTTP/1.1", "")).isUnauthorized();
	}

	@ParameterizedTest
	@MethodSource({ "notTokens", "tampered", "wrongClaims", "foreignKeys" })
	void areRejected(BadToken bad) {
		for (String path : PATHS) {
			assertThat(Wire.exchange(this.platform.gateway(), "GET " + path + " HTTP/1.1", "",
					"Authorization: " + bad.authorization()))
				.isUnauthorized();
		}
	}

	@Test
	void areReadOnlyFromTheAuthorizationHeader() {
		for (String path : PATHS) {
			assertThat(this.platform.guest().get(path + "?access_token=" + this.ann.token())).isUnauthorized();
			assertThat(Wire.exchange(this.platform.gateway(), "GET " + path + " HTTP/1.1", "",
					"Cookie: access_token=%s; Authorization=Bearer %<s".formatted(this.ann.token()),
					"X-User-Id: " + this.ann.id(), "X-Authorization: Bearer " + this.ann.token()))
				.isUnauthorized();
		}
	}

	@Test
	void containNoSecrets() {
		String claims = this.forge.claims().toString();
		assertThat(claims).doesNotContain(this.ann.password()).doesNotContain("bcrypt");
		assertThat(this.forge.header().getAlgorithm().getName()).isEqualTo("ES256");
		assertThat(this.forge.header().getKeyID()).isNotBlank();
	}

	Stream<BadToken> notTokens() {
		String basic = Base64.getEncoder()
			.encodeToString((this.ann.email() + ":" + this.ann.password()).getBytes(StandardCharsets.UTF_8));
		return Stream.of(BadToken.of("nothing", ""), new BadToken("a scheme alone", "Bearer"),
				new BadToken("an empty header", ""), BadToken.of("garbage", "garbage"), BadToken.of("dots", "..."),
				BadToken.of("three letters", "a.b.c"), BadToken.of("an empty JSON object", "e30.e30.e30"),
				BadToken.of("invalid characters", "\u00e4\"<>{}"), BadToken.of("two tokens", "abc def"),
				new BadToken("Basic with the right password", "Basic " + basic),
				new BadToken("Digest", "Digest username=\"ann\""), new BadToken("no scheme", this.ann.token()),
				new BadToken("another scheme", "Token " + this.ann.token()));
	}

	Stream<BadToken> tampered() {
		String[] parts = this.ann.token().split("\\.", 3);
		String otherSubject = encode(
				this.forge.claims().toString().replaceFirst("\"sub\"\\s*:\\s*\"\\d+\"", "\"sub\":\"1\""));
		String longer = encode(this.forge.claims().toString().replaceFirst("\"exp\":\\d+", "\"exp\":99999999999"));
		char middle = parts[2].charAt(parts[2].length() / 2);
		String flipped = parts[2].substring(0, parts[2].length() / 2) + ((middle == 'A') ? 'B' : 'A')
				+ parts[2].substring(parts[2].length() / 2 + 1);
		PlainJWT unsigned = new PlainJWT(this.forge.claims());
		PlainJWT unsignedWithKid = new PlainJWT(
				new PlainHeader.Builder().customParam("kid", this.forge.header().getKeyID()).build(),
				this.forge.claims());
		String none = unsigned.serialize();
		return Stream.of(BadToken.of("another subject", parts[0] + "." + otherSubject + "." + parts[2]),
				BadToken.of("a later end", parts[0] + "." + longer + "." + parts[2]),
				BadToken.of("a signature with another bit", parts[0] + "." + parts[1] + "." + flipped),
				BadToken.of("half a signature",
						parts[0] + "." + parts[1] + "." + parts[2].substring(0, parts[2].length() / 2)),
				BadToken.of("no signature", parts[0] + "." + parts[1] + "."),
				BadToken.of("no signature and no dot", parts[0] + "." + parts[1]),
				BadToken.of("a signature of zeros", parts[0] + "." + parts[1] + "." + "A".repeat(86)),
				BadToken.of("another dot", this.ann.token() + "."), BadToken.of("alg none", none),
				BadToken.of("alg none with a kid", unsignedWithKid.serialize()),
				BadToken.of("alg none with a signature", none + parts[2]),
				BadToken.of("alg NONE", encode("{\"alg\":\"NONE\"}") + "." + parts[1] + "."),
				BadToken.of("alg empty", encode("{\"alg\":\"\"}") + "." + parts[1] + "." + parts[2]),
				BadToken.of("no alg", encode("{}") + "." + parts[1] + "." + parts[2]));
	}

	Stream<BadToken> wrongClaims() {
		return Stream.of(
				BadToken.of("expired",
						this.forge.withClaims((claims) -> claims.issueTime(TokenForge.inMinutes(-120))
							.notBeforeTime(TokenForge.inMinutes(-120))
							.expirationTime(TokenForge.inMinutes(-60)))),
				BadToken.of("from an issuer whose clock is behind by more than the lifetime",
						this.forge.withClaims((claims) -> claims.issueTime(TokenForge.inMinutes(-20))
							.expirationTime(TokenForge.inMinutes(-5)))),
				BadToken.of("without an expiration time",
						this.forge.withClaims((claims) -> claims.expirationTime(null))),
				BadToken.of("not valid yet",
						this.forge.withClaims((claims) -> claims.notBeforeTime(TokenForge.inMinutes(60))
							.expirationTime(TokenForge.inMinutes(120)))),
				BadToken.of("from another issuer",
						this.forge.withClaims((claims) -> claims.issuer("https://evil.example"))),
				BadToken.of("without an issuer", this.forge.withClaims((claims) -> claims.issuer(null))),
				BadToken.of("for another audience",
						this.forge.withClaims((claims) -> claims.audience("other-audience"))),
				BadToken.of("without an audience", this.forge.withClaims((claims) -> claims.audience((String) null))),
				BadToken.of("without a subject", this.forge.withClaims((claims) -> claims.subject(null))),
				BadToken.of("with a subject that is not a number",
						this.forge.withClaims((claims) -> claims.subject("ann"))));
	}

	Stream<BadToken> foreignKeys() throws JOSEException {
		return new ForeignKeys(this.forge).tokens();
	}

	private static String encode(String text) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

}
