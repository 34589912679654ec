package io.microplatform.starter.security;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jwt.SignedJWT;
import io.microplatform.instance.token.TokenProperties;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TrainingTokenTests {

	private final TrainingToken token;

	TrainingTokenTests() throws JOSEException {
		this.token = new TrainingToken(
				new TokenProperties("issuer", "audience", Duration.ZERO, "", Duration.ofMinutes(1)), Clock.systemUTC());
	}

	@Test
	void isVerifiedByAKeyThatOnlyThisProcessHas() throws ParseException, JOSEException {
		SignedJWT token = SignedJWT.parse(this.token.authorization().replace("Bearer ", ""));
		JWK key = this.token.keys(selecting(token)).getFirst();
		assertThat(key.isPrivate()).isFalse();
		assertThat(token.verify(new ECDSAVerifier(key.toECKey()))).isTrue();
		assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("9007199254740991");
	}

	private static JWKSelector selecting(SignedJWT token) {
		return new JWKSelector(new JWKMatcher.Builder().keyID(token.getHeader().getKeyID()).build());
	}

}
