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
import io.microplatform.instance.warmup.WarmUpIdentity;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * A token by which an instance calls itself while it warms up, verified as any other is.
 * Its key never leaves this process, and is forgotten as soon as the instance is ready;
 * its subject is nobody. Thread-safe.
 */
final class WarmUpToken implements WarmUpIdentity, ApplicationListener<ApplicationReadyEvent> {

	/** The largest id that there may be. */
	private static final long NOBODY = (1L << 53) - 1;

	/** Longer than any warm-up. */
	private static final Duration LIFETIME = Duration.ofMinutes(2);

	private final TokenProperties claims;

	private final Clock clock;

	private volatile @Nullable ECKey key;

	private volatile boolean ready;

	WarmUpToken(TokenProperties claims, Clock clock) {
		this.claims = claims;
		this.clock = clock;
	}

	/**
	 * A new token.
	 * @throws IllegalStateException when the instance is ready
	 */
	@Override
	public String authorization() {
		if (this.ready) {
			throw new IllegalStateException("An instance that is ready does not warm up any more");
		}
		try {
			ECKey signing = new ECKeyGenerator(Curve.P_256).keyID("warm-up-" + UUID.randomUUID()).generate();
			SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(signing.getKeyID()).build(),
					new JWTClaimsSet.Builder().issuer(this.claims.issuer())
						.audience(this.claims.audience())
						.subject(Long.toString(NOBODY))
						.expirationTime(Date.from(this.clock.instant().plus(LIFETIME)))
						.build());
			token.sign(new ECDSASigner(signing));
			this.key = signing.toPublicJWK();
			return "Bearer " + token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("No token to warm up with", ex);
		}
	}

	/** The key that verifies it, if it is what is looked for. */
	List<JWK> keys(JWKSelector selector) {
		ECKey known = this.key;
		return (known != null) ? selector.select(new JWKSet(known)) : List.of();
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		this.ready = true;
		this.key = null;
	}

}
