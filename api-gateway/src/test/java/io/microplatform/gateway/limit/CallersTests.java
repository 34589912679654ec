package io.microplatform.gateway.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.microplatform.instance.token.TokenProperties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

class CallersTests {

	private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

	private static final Duration LIFETIME = Duration.ofMinutes(15);

	private static final TokenProperties PROPERTIES = new TokenProperties("https://issuer.example", "platform",
			Duration.ofSeconds(2), "http://user-service/internal/jwks", Duration.ofMinutes(5));

	private volatile Instant now = START;

	private volatile List<JWK> published = List.of();

	private ECKey key;

	private Callers callers;

	@BeforeEach
	void publishKey() throws JOSEException {
		this.key = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
		this.published = List.of(this.key.toPublicJWK());
		InstantSource time = () -> this.now;
		this.callers = new Callers((selector, context) -> selector.select(new JWKSet(this.published)), PROPERTIES,
				time.withZone(ZoneOffset.UTC));
	}

	@Test
	void aVerifiedTokenIsRemembered() throws Exception {
		String token = token(this.key, (claims) -> claims);

		assertThat(this.callers.remembered(token)).isNull();
		assertThat(this.callers.verify(token).block()).isEqualTo("7");

		this.published = List.of();
		assertThat(this.callers.remembered(token)).isEqualTo("7");
	}

	@Test
	void aTokenIsForgottenWhenItExpires() throws Exception {
		String token = token(this.key, (claims) -> claims);
		assertThat(this.callers.verify(token).block()).isEqualTo("7");

		this.now = START.plus(LIFETIME).plusSeconds(1);
		assertThat(this.callers.remembered(token)).as("within the clock skew").isEqualTo("7");

		this.now = START.plus(LIFETIME).plusSeconds(3);
		assertThat(this.callers.remembered(token)).isNull();
		assertThat(this.callers.verify(token).block()).isNull();
	}

	@Test
	void aForgedTokenIsNoToken() throws Exception {
		ECKey other = new ECKeyGenerator(Curve.P_256).keyID("1").generate();

		assertInvalid(token(other, (claims) -> claims));
		assertInvalid(new PlainJWT(claims((claims) -> claims)).serialize());
	}

	@Test
	void aTokenForSomethingElseIsNoToken() throws Exception {
		assertInvalid(token(this.key, (claims) -> claims.issuer("https://other.example")));
		assertInvalid(token(this.key, (claims) -> claims.audience("other")));
		assertInvalid(token(this.key, (claims) -> claims.expirationTime(null)));
		assertInvalid(token(this.key, (claims) -> claims.subject(null)));
		assertInvalid(token(this.key, (claims) -> claims.subject("a:b")));
		assertInvalid(token(this.key, (claims) -> claims.notBeforeTime(Date.from(START.plusSeconds(60)))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "a.b.c", "eyJhbGciOiJFUzI1NiJ9..", "eyJhbGciOiJub25lIn0.e30." })
	void whatIsNotATokenIsNoToken(String text) {
		assertInvalid(text);
	}

	@Test
	void aTokenWhoseKeyIsUnknownIsVerifiedWhenItIsKnown() throws Exception {
		String token = token(this.key, (claims) -> claims);
		this.published = List.of();
		assertInvalid(token);

		this.published = List.of(this.key.toPublicJWK());
		assertThat(this.callers.verify(token).block()).isEqualTo("7");
	}

	@Test
	void theTokenIsThatOfTheOnlyHeader() {
		assertThat(Callers.token(authorization("Bearer abc"))).isEqualTo("abc");
		assertThat(Callers.token(authorization("bearer abc"))).isEqualTo("abc");
		assertThat(Callers.token(authorization("Basic abc"))).isNull();
		assertThat(Callers.token(authorization("Bearer abc", "Bearer def"))).isNull();
		assertThat(Callers.token(new HttpHeaders())).isNull();
	}

	private void assertInvalid(String token) {
		assertThat(this.callers.verify(token).block()).isNull();
		assertThat(this.callers.remembered(token)).isNull();
	}

	private static HttpHeaders authorization(String... values) {
		HttpHeaders headers = new HttpHeaders();
		headers.addAll(HttpHeaders.AUTHORIZATION, List.of(values));
		return headers;
	}

	private static String token(ECKey key, UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
		SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
				claims(change));
		token.sign(new ECDSASigner(key));
		return token.serialize();
	}

	private static JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
		return change
			.apply(new JWTClaimsSet.Builder().issuer(PROPERTIES.issuer())
				.audience(PROPERTIES.audience())
				.subject("7")
				.expirationTime(Date.from(START.plus(LIFETIME))))
			.build();
	}

}
