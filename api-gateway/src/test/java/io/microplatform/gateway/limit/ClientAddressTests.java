package io.microplatform.gateway.limit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.instance.limit.Limit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;

class ClientAddressTests {

	private static final Limit LIMIT = new Limit(1, Duration.ofSeconds(1), 1);

	private final ClientAddress behindProxies = clientAddress("10.0.0.0/8", "2001:db8:aaaa::/48");

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "192.0.2.1 | 203.0.113.9 | 192.0.2.1", "10.0.0.1 | 203.0.113.9 | 203.0.113.9",
					"10.0.0.1 | 6.6.6.6, 203.0.113.9 | 203.0.113.9", "10.0.0.1 | 203.0.113.9, 10.0.0.2 | 203.0.113.9",
					"10.0.0.1 | 10.9.9.9, 203.0.113.9, 10.0.0.2,10.0.0.3 | 203.0.113.9",
					"10.0.0.1 | 10.0.0.3, 10.0.0.2 | 10.0.0.3", "10.0.0.1 | 6.6.6.6, unknown | 10.0.0.1",
					"10.0.0.1 | 6.6.6.6, , 10.0.0.2 | 10.0.0.2", "10.0.0.1 | '' | 10.0.0.1",
					"10.0.0.1 | 203.0.113.9:4711 | 203.0.113.9", "10.0.0.1 | [2001:db8::7]:4711 | 2001:db8::7",
					"10.0.0.1 | [2001:db8::7] | 2001:db8::7", "10.0.0.1 | 2001:db8::7 | 2001:db8::7",
					"10.0.0.1 | [2001:db8::7 | 10.0.0.1", "2001:db8:aaaa::1 | 203.0.113.9 | 203.0.113.9",
					"2001:db8:aaab::1 | 203.0.113.9 | 2001:db8:aaab::1", "10.0.0.1 | localhost | 10.0.0.1" })
	void isTheRightMostThatIsNotATrustedProxy(String peer, String forwarded, String client) {
		assertThat(this.behindProxies.of(request(peer, forwarded))).isEqualTo(InetAddress.ofLiteral(client));
	}

	@Test
	void severalHeadersAreOneList() {
		assertThat(this.behindProxies.of(request("10.0.0.1", "6.6.6.6", "203.0.113.9", "10.0.0.2")))
			.isEqualTo(InetAddress.ofLiteral("203.0.113.9"));
	}

	@Test
	void isThePeerWithoutTrustedProxies() {
		assertThat(clientAddress().of(request("10.0.0.1", "203.0.113.9"))).isEqualTo(InetAddress.ofLiteral("10.0.0.1"));
	}

	@Test
	void readsTheHeaderOfTrustedProxiesOnly() {
		assertThat(this.behindProxies.reads("x-forwarded-for")).isTrue();
		assertThat(this.behindProxies.reads("X-Forwarded-Proto")).isFalse();
		assertThat(clientAddress().reads("X-Forwarded-For")).isFalse();
	}

	private static ClientAddress clientAddress(String... trusted) {
		List<AddressRange> proxies = Stream.of(trusted).map(AddressRange::valueOf).toList();
		return new ClientAddress(new Refreshable<>(new RateLimitProperties(true, LIMIT, LIMIT, Map.of(), proxies)));
	}

	private static MockServerHttpRequest request(String peer, String... forwarded) {
		return MockServerHttpRequest.get("/users")
			.remoteAddress(new InetSocketAddress(InetAddress.ofLiteral(peer), 4711))
			.header(ClientAddress.HEADER, forwarded)
			.build();
	}

}
