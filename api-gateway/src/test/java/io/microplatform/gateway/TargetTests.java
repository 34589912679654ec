package io.microplatform.gateway;

import java.io.IOException;

import io.microplatform.gateway.Upstream.Request;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class TargetTests extends GatewayTest {

	private static ConfigurableApplicationContext stock;

	@BeforeAll
	static void startWithTheStockBalancer() {
		stock = start("--platform.balancer=stock");
	}

	@AfterAll
	static void stop() {
		stock.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/users?from=2026-01-01T00%3A00%3A00Z&sig=a=b", "/users?email=a%40example.org&sig=a=b",
			"/users?a=b%20c&d", "/users?a=%25&b=%2525&c=100%25=x", "/users?a=+&b=%2B&c=a+b%20c=d",
			"/users?a=%3D%26%23=", "/users?a=%C3%A9&b==", "/users?a=%FF=", "/users?a=%c3%a9=", "/users?a==b==",
			"/users?&&=&a=&=b&", "/users?", "/users??", "/users?a=b?c=%3Fd", "/users?a=:/?@!$'()*,;-._~",
			"/users?a=%7C%22%3C%3E%5B%5D=", "/users?%20=", "/users?a%5B%5D=b=c", "/users/%41", "/users/%C3%A9%20x",
			"/users/%2B+", "/users/a%7Cb", "/users/!$&'()*+,=:@", "/users/%20?a=%20=" })
	void reachesTheServiceByteForByte(String target) throws Exception {
		assertThat(targetBehind(port(), target)).isEqualTo(target);
		assertThat(targetBehind(stock.getEnvironment().getRequiredProperty("local.server.port", Integer.class), target))
			.isEqualTo(target);
	}

	private static String targetBehind(int port, String target) throws IOException {
		RawClient.exchange(port, "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
		return upstream.takeRequests().stream().map(Request::target).findFirst().orElse("nothing");
	}

}
