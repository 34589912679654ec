package io.microplatform.gateway.limit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.microplatform.instance.token.RemoteKeys;
import org.jspecify.annotations.Nullable;

/**
 * {@link JWKSource} that permits one lookup at a time to fetch the first keys, and none
 * for {@link #PAUSE} after a failure. Other lookups find no keys meanwhile. With
 * {@link RemoteKeys} alone, each of them would fetch the keys in turn, and requests would
 * queue up while the source of the keys does not answer. Thread-safe.
 */
final class FirstKeys implements JWKSource<SecurityContext> {

	static final Duration PAUSE = Duration.ofSeconds(1);

	private final JWKSource<SecurityContext> keys;

	private final Clock clock;

	private final AtomicBoolean fetching = new AtomicBoolean();

	private volatile boolean known;

	private volatile Instant nextAttempt = Instant.MIN;

	FirstKeys(JWKSource<SecurityContext> keys, Clock clock) {
		this.keys = keys;
		this.clock = clock;
	}

	@Override
	public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
		if (this.known) {
			return this.keys.get(selector, context);
		}
		if (this.clock.instant().isBefore(this.nextAttempt) || !this.fetching.compareAndSet(false, true)) {
			return List.of();
		}
		try {
			List<JWK> found = this.keys.get(selector, context);
			this.known = true;
			return found;
		}
		finally {
			this.nextAttempt = this.clock.instant().plus(PAUSE);
			this.fetching.set(false);
		}
	}

}
