package io.microplatform.instance.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Locale;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProbeTests {

	@ParameterizedTest
	@CsvSource({ "200, true", "503, false", "404, false", "302, false", "204, false" })
	void anInstanceIsHealthyIfItAnswers200(int status, boolean healthy) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/actuator/health/readiness", (exchange) -> {
			exchange.sendResponseHeaders(status, -1);
			exchange.close();
		});
		server.start();
		try {
			assertThat(Probe.isHealthy(url(server.getAddress().getPort()))).isEqualTo(healthy);
		}
		finally {
			server.stop(0);
		}
	}

	@Test
	void anInstanceThatAcceptsAConnectionAndSaysNothingIsNotHealthy() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThat(Probe.isHealthy(url(silent.getLocalPort()))).isFalse();
		}
	}

	@Test
	void anInstanceThatDoesNotListenIsNotHealthy() throws IOException {
		int port;
		try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = gone.getLocalPort();
		}
		assertThat(Probe.isHealthy(url(port))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "health", "http://", "http://127.0.0.1:1 /", "http:///health" })
	void anInvalidUrlIsNotHealthy(String url) {
		assertThat(Probe.isHealthy(url)).isFalse();
	}

	private static String url(int port) {
		return String.format(Locale.ROOT, "http://127.0.0.1:%d/actuator/health/readiness", port);
	}

}
