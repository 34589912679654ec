package io.microplatform.starter.security;

import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.microplatform.instance.token.TokenProperties;
import io.microplatform.instance.training.TrainingIdentity;

/**
 * A token by which an instance calls itself in a training run, verified as any other is.
 * Its key never leaves the process. An instance outside of a training run accepts no
 * token of its own. Thread-safe.
 */
final class TrainingToken implements TrainingIdentity {

	/** The largest id that there may be. */
	private static final long UNKNOWN_USER = (1L << 53) - 1;

	/** Longer than any training run. */
	private static final Duration LIFETIME = Duration.ofMinutes(2);

	private final TokenProperties claims;

	private final Clock clock;

	private final ECKey key;

	TrainingToken(TokenProperties claims, Clock clock) throws JOSEException {
		this.claims = claims;
		this.clock = clock;
		this.key = new ECKeyGenerator(Curve.P_256).keyID("training-" + UUID.randomUUID()).generate();
	}

	/** Returns a new token. */
	@Override
	public String authorization() {
		try {
			SignedJWT token = new SignedJWT(
					new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(this.key.getKeyID()).build(),
					new JWTClaimsSet.Builder().issuer(this.claims.issuer())
						.audience(this.claims.audience())
						.subject(Long.toString(UNKNOWN_USER))
						.expirationTime(Date.from(this.clock.instant().plus(LIFETIME)))
						.build());
			token.sign(new ECDSASigner(this.key));
			return "Bearer " + token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("No token for the training run", ex);
		}
	}

	/** The key that verifies it, if it is what is looked for. */
	List<JWK> keys(JWKSelector selector) {
		return selector.select(new JWKSet(this.key.toPublicJWK()));
	}

}
