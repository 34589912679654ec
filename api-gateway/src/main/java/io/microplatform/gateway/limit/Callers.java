package io.microplatform.gateway.limit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.microplatform.instance.token.TokenProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpHeaders;

/**
 * Resolver of the user of a request from its verified access token: ES256 only, with
 * issuer, audience and times. The digest of a verified token is cached until the token
 * expires. A forged or expired token, or one with an unknown key, is treated as no token.
 * Only the rate limits depend on the result: services verify tokens themselves.
 * Thread-safe.
 */
final class Callers {

	private static final Logger logger = LoggerFactory.getLogger(Callers.class);

	/** The maximum number of remembered tokens; each takes about 200 bytes. */
	private static final int REMEMBERED = 10_000;

	private static final String SCHEME = "Bearer ";

	private static final Pattern USER_ID = Pattern.compile("[1-9][0-9]{0,15}");

	private final DefaultJWTProcessor<SecurityContext> tokens = new DefaultJWTProcessor<>();

	private final Cache<ByteBuffer, Caller> verified = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

	private final Duration clockSkew;

	private final Clock clock;

	Callers(JWKSource<SecurityContext> keys, TokenProperties properties, Clock clock) {
		this.clockSkew = properties.clockSkew();
		this.clock = clock;
		this.tokens.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, keys));
		this.tokens.setJWTClaimsSetVerifier(claims(properties, clock));
	}

	private static DefaultJWTClaimsVerifier<SecurityContext> claims(TokenProperties properties, Clock clock) {
		DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(properties.audience(),
				new JWTClaimsSet.Builder().issuer(properties.issuer()).build(), Set.of("sub", "exp")) {

			@Override
			protected Date currentTime() {
				return Date.from(clock.instant());
			}

		};
		claims.setMaxClockSkew(Math.toIntExact(properties.clockSkew().toSeconds()));
		return claims;
	}

	/**
	 * Returns the token of a request.
	 * @param headers the headers of the request
	 * @return the token, {@code null} if there is not exactly one
	 */
	static @Nullable String token(HttpHeaders headers) {
		List<String> values = headers.getOrEmpty(HttpHeaders.AUTHORIZATION);
		return (values.size() == 1 && values.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
				? values.getFirst().substring(SCHEME.length()).strip() : null;
	}

	/**
	 * Returns the user of a token that was verified before.
	 * @param token the token
	 * @return the id of the user, {@code null} if the token is unknown or has expired
	 */
	@Nullable String remembered(String token) {
		Caller caller = this.verified.getIfPresent(digest(token));
		return (caller != null && this.clock.instant().isBefore(caller.until())) ? caller.user() : null;
	}

	/**
	 * Verifies a token and remembers it. Runs on another thread, because it takes CPU
	 * time and may request the keys.
	 * @param token the token
	 * @return the id of the user, empty if the token is not valid; never an error
	 */
	Mono<String> verify(String token) {
		return Mono.fromCallable(() -> verified(token))
			.subscribeOn(Schedulers.boundedElastic())
			.doOnNext((caller) -> this.verified.put(digest(token), caller))
			.map(Caller::user)
			.onErrorResume((failure) -> {
				logger.debug("Not a valid token: {}", failure.toString());
				return Mono.empty();
			});
	}

	private Caller verified(String token) throws ParseException, BadJOSEException, JOSEException {
		JWTClaimsSet claims = this.tokens.process(token, null);
		if (!USER_ID.matcher(claims.getSubject()).matches()) {
			throw new BadJWTException("The subject is not a user");
		}
		return new Caller(claims.getSubject(), claims.getExpirationTime().toInstant().plus(this.clockSkew));
	}

	private static ByteBuffer digest(String token) {
		try {
			return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex); // every Java platform has it
		}
	}

	/** The user of a token, and the time until which it is valid. */
	private record Caller(String user, Instant until) {

	}

}
