package io.microplatform.gateway.limit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FirstKeysTests {

	private static final JWKSelector ANY = new JWKSelector(new JWKMatcher.Builder().build());

	private volatile Instant now = Instant.EPOCH;

	private final Clock clock = ((InstantSource) () -> this.now).withZone(ZoneOffset.UTC);

	@Test
	void onlyOneLookupWaitsForTheFirstKeys() throws Exception {
		List<JWK> published = keys();
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch answered = new CountDownLatch(1);
		FirstKeys keys = new FirstKeys((selector, context) -> {
			asked.countDown();
			await(answered);
			return published;
		}, this.clock);
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			CompletableFuture<List<JWK>> first = CompletableFuture.supplyAsync(() -> get(keys), executor);
			asked.await();

			assertThat(keys.get(ANY, null)).isEmpty();

			answered.countDown();
			assertThat(first).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(published);
		}
		assertThat(keys.get(ANY, null)).isEqualTo(published);
	}

	@Test
	void aLookupTriesAgainSomeTimeAfterAFailure() throws Exception {
		List<JWK> published = keys();
		CountDownLatch failures = new CountDownLatch(1);
		FirstKeys keys = new FirstKeys((selector, context) -> {
			if (failures.getCount() > 0) {
				failures.countDown();
				throw new RemoteKeySourceException("away", null);
			}
			return published;
		}, this.clock);

		assertThatExceptionOfType(RemoteKeySourceException.class).isThrownBy(() -> keys.get(ANY, null));
		assertThat(keys.get(ANY, null)).isEmpty();

		this.now = this.now.plus(FirstKeys.PAUSE);
		assertThat(keys.get(ANY, null)).isEqualTo(published);
	}

	private static List<JWK> keys() throws JOSEException {
		return List.of(new ECKeyGenerator(Curve.P_256).generate().toPublicJWK());
	}

	private static List<JWK> get(FirstKeys keys) {
		try {
			return keys.get(ANY, null);
		}
		catch (KeySourceException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
