package io.microplatform.starter.test;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.microplatform.instance.token.TokenProperties;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Stands where user-service stands for a service that is tested alone: signs tokens, and
 * hands out the key that verifies them.
 */
@TestConfiguration(proxyBeanMethods = false)
public class TestTokens {

	private static final ECKey KEY = key();

	@Bean
	JWKSource<SecurityContext> testKeys() {
		JWKSet keys = new JWKSet(KEY.toPublicJWK());
		return (selector, context) -> selector.select(keys);
	}

	/** A value for the header {@code Authorization}, of a user without a role. */
	public static String bearer(long userId, TokenProperties expected) {
		return bearer(userId, expected, List.of());
	}

	/** A value for the header {@code Authorization}, of an administrator. */
	public static String administrator(long userId, TokenProperties expected) {
		return bearer(userId, expected, List.of("USER", "ADMIN"));
	}

	private static String bearer(long userId, TokenProperties expected, List<String> roles) {
		SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(KEY.getKeyID()).build(),
				new JWTClaimsSet.Builder().issuer(expected.issuer())
					.audience(expected.audience())
					.subject(Long.toString(userId))
					.claim("roles", roles)
					.expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(5))))
					.build());
		try {
			token.sign(new ECDSASigner(KEY));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
		return "Bearer " + token.serialize();
	}

	private static ECKey key() {
		try {
			return new ECKeyGenerator(Curve.P_256).keyID("test").generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
