package io.microplatform.instance.token;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RemoteKeysTests {

	private static final Duration REFRESH = Duration.ofMinutes(5);

	private final AtomicInteger requests = new AtomicInteger();

	private volatile JWKSet published = new JWKSet();

	private volatile boolean away;

	private volatile Instant now = Instant.EPOCH;

	private HttpServer server;

	private RemoteKeys keys;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/keys", (exchange) -> {
			this.requests.incrementAndGet();
			byte[] body = this.published.toString().getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(this.away ? 503 : 200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		this.server.start();
		InstantSource time = () -> this.now;
		Clock clock = time.withZone(ZoneOffset.UTC);
		this.keys = new RemoteKeys(RestClient.create(),
				"http://127.0.0.1:" + this.server.getAddress().getPort() + "/keys", REFRESH, clock);
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void keysAreFetchedOnceAndKept() throws Exception {
		publish("a");
		assertThat(find("a")).hasSize(1);
		assertThat(find("a")).hasSize(1);
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void aNewKeyIsFoundWithoutWaitingForTheRefresh() throws Exception {
		publish("a");
		find("a");
		publish("b");
		pass(RemoteKeys.MIN_INTERVAL.plusMillis(1));
		assertThat(find("b")).hasSize(1);
	}

	@Test
	void madeUpKeyIdsDoNotFloodTheSource() throws Exception {
		publish("a");
		for (int i = 0; i < 100; i++) {
			assertThat(find("made up " + i)).isEmpty();
		}
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void aKeyThatWasWithdrawnIsForgottenWithTheRefresh() throws Exception {
		publish("a");
		find("a");
		publish("b");
		pass(REFRESH.plusMillis(1));
		find("a");
		assertThat(find("a")).isEmpty();
	}

	@Test
	void whileTheSourceIsAwayTheLastKnownKeysServe() throws Exception {
		publish("a");
		find("a");
		this.away = true;
		pass(REFRESH.plusMillis(1));
		assertThat(find("a")).hasSize(1);
	}

	@Test
	void withoutAnyKeysALookUpFailsAndThenRecovers() throws Exception {
		publish("a");
		this.away = true;
		assertThatExceptionOfType(RemoteKeySourceException.class).isThrownBy(() -> find("a"));
		this.away = false;
		assertThat(find("a")).hasSize(1);
	}

	private List<JWK> find(String keyId) throws RemoteKeySourceException {
		return this.keys.get(new JWKSelector(new JWKMatcher.Builder().keyID(keyId).build()), null);
	}

	private void publish(String keyId) throws JOSEException {
		this.published = new JWKSet(new ECKeyGenerator(Curve.P_256).keyID(keyId).generate().toPublicJWK());
	}

	private void pass(Duration time) {
		this.now = this.now.plus(time);
	}

}
