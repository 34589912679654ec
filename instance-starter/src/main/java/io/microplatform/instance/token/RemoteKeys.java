package io.microplatform.instance.token;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * A {@link JWKSource} that fetches the public keys of access tokens over HTTP and keeps
 * them. While their source is unavailable it uses the last known keys; a lookup fails
 * only when there never were any, and then each lookup tries again. An unknown key id
 * makes it fetch the keys again, but at most once per {@link #MIN_INTERVAL}, so that
 * made-up key ids cannot flood the source. Nimbus's own
 * {@link com.nimbusds.jose.jwk.source.JWKSourceBuilder} fails lookups beyond that rate,
 * which would turn 401 into 503; see docs/adr/0016. Thread-safe.
 */
public final class RemoteKeys implements JWKSource<SecurityContext> {

	static final Duration MIN_INTERVAL = Duration.ofSeconds(2);

	private static final Logger log = LoggerFactory.getLogger(RemoteKeys.class);

	private final RestClient client;

	private final String uri;

	private final Duration refreshAfter;

	private final Clock clock;

	private volatile @Nullable JWKSet keys;

	private volatile Instant lastAttempt = Instant.MIN;

	/**
	 * A source that knows no keys yet, and fetches them with the first lookup.
	 * @param client fetches the keys, and resolves the name of the service that has them
	 * @param uri where the keys are
	 * @param refreshAfter the age at which known keys are fetched again
	 * @param clock the clock
	 */
	public RemoteKeys(RestClient client, String uri, Duration refreshAfter, Clock clock) {
		this.client = client;
		this.uri = uri;
		this.refreshAfter = refreshAfter;
		this.clock = clock;
	}

	@Override
	public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws RemoteKeySourceException {
		List<JWK> found = select(selector);
		if (found.isEmpty() ? isOlderThan(MIN_INTERVAL) : isOlderThan(this.refreshAfter)) {
			fetch();
			found = select(selector);
		}
		if (this.keys == null) {
			throw new RemoteKeySourceException("The platform's keys cannot be fetched from " + this.uri, null);
		}
		return found;
	}

	private List<JWK> select(JWKSelector selector) {
		JWKSet known = this.keys;
		return (known != null) ? selector.select(known) : List.of();
	}

	private boolean isOlderThan(Duration age) {
		return this.keys == null || this.lastAttempt.plus(age).isBefore(this.clock.instant());
	}

	private synchronized void fetch() {
		Instant now = this.clock.instant();
		if (this.keys != null && this.lastAttempt.plus(MIN_INTERVAL).isAfter(now)) {
			return; // another thread was faster
		}
		this.lastAttempt = now;
		try {
			String body = this.client.get().uri(this.uri).retrieve().body(String.class);
			this.keys = JWKSet.parse((body != null) ? body : "");
		}
		catch (RestClientException | IllegalStateException | ParseException ex) {
			if (this.keys != null) {
				log.warn("Could not fetch keys from {}, keeping the known ones: {}", this.uri, ex.toString());
			}
			else {
				log.info("Waiting for keys from {}: {}", this.uri, ex.toString());
			}
		}
	}

}
