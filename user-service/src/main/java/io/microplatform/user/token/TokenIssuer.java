package io.microplatform.user.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.instance.token.TokenProperties;
import io.microplatform.user.account.AuthenticatedUser;

/**
 * Issues access tokens: JWTs signed with ES256. A token is valid, with the roles it was
 * issued with, until it expires: a role that is revoked and an account that is suspended
 * or closed have their full effect after the lifetime of the tokens. Thread-safe.
 */
public final class TokenIssuer {

	private final SigningKeys keys;

	private final TokenProperties claims;

	private final Refreshable<SigningProperties> properties;

	private final Clock clock;

	TokenIssuer(SigningKeys keys, TokenProperties claims, Refreshable<SigningProperties> properties, Clock clock) {
		this.keys = keys;
		this.claims = claims;
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * Issues a token.
	 * @param user for whom
	 * @return the token
	 */
	public IssuedToken issue(AuthenticatedUser user) {
		ECKey key = this.keys.current();
		Duration lifetime = this.properties.get().lifetime();
		Instant now = this.clock.instant();
		SignedJWT token = new SignedJWT(
				new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).type(JOSEObjectType.JWT).build(),
				new JWTClaimsSet.Builder().issuer(this.claims.issuer())
					.audience(this.claims.audience())
					.subject(Long.toString(user.id()))
					.claim("roles", user.roles())
					.jwtID(UUID.randomUUID().toString())
					.issueTime(Date.from(now))
					.expirationTime(Date.from(now.plus(lifetime)))
					.build());
		try {
			token.sign(new ECDSASigner(key));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("The token could not be signed", ex);
		}
		return new IssuedToken(token.serialize(), lifetime);
	}

	/**
	 * A token and for how long it is valid from now on.
	 *
	 * @param value the token, serialized
	 * @param lifetime for how long
	 */
	public record IssuedToken(String value, Duration lifetime) {
	}

}
