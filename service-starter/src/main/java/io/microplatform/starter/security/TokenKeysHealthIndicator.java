package io.microplatform.starter.security;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * A {@link HealthIndicator} that is down until the public keys of access tokens are
 * known: an instance without them cannot answer requests. Known keys are kept, and so is
 * this state.
 */
final class TokenKeysHealthIndicator implements HealthIndicator {

	private static final JWKSelector ANY = new JWKSelector(new JWKMatcher.Builder().build());

	private final JWKSource<SecurityContext> keys;

	TokenKeysHealthIndicator(JWKSource<SecurityContext> keys) {
		this.keys = keys;
	}

	@Override
	public Health health() {
		try {
			return this.keys.get(ANY, null).isEmpty() ? Health.down().build() : Health.up().build();
		}
		catch (KeySourceException ex) {
			return Health.down(ex).build();
		}
	}

}
