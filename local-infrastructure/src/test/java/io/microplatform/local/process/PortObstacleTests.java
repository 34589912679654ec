package io.microplatform.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PortObstacleTests {

	private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

	private static String own() {
		return "pid " + ProcessHandle.current().pid() + " (";
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "0.0.0.0", "::" })
	void aListenerIsNamed(String address) throws IOException {
		try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName(address))) {
			assertThat(PortObstacle.of(listener.getLocalPort()).orElseThrow()).startsWith("is taken by " + own());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.2", "::1" })
	@EnabledOnOs(OS.LINUX)
	void aListenerOnAnotherAddressIsNone(String address) throws IOException {
		try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName(address))) {
			assertThat(PortObstacle.of(listener.getLocalPort())).isEmpty();
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aClosedConnectionIsToldFromAProcess() throws IOException {
		assertThat(PortObstacle.of(portOfAClosedConnection(false)).orElseThrow()).contains("TIME-WAIT")
			.doesNotContain("process");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aClosedConnectionOfAServerThatAllowsReuseIsNone() throws IOException {
		assertThat(PortObstacle.of(portOfAClosedConnection(true))).isEmpty();
	}

	/** The server's end closes first, and stays for a minute. */
	private static int portOfAClosedConnection(boolean reusable) throws IOException {
		int port = Ports.free(1).getFirst();
		try (ServerSocket listener = new ServerSocket()) {
			listener.setReuseAddress(reusable);
			listener.bind(new InetSocketAddress(LOOPBACK, port));
			try (Socket client = new Socket(LOOPBACK, port)) {
				listener.accept().close();
				assertThat(client.getInputStream().read()).isNegative();
			}
		}
		return port;
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void anEndOfAConnectionIsNamed() throws IOException {
		int port = Ports.free(1).getFirst();
		try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK); Socket client = new Socket()) {
			client.setReuseAddress(false);
			client.bind(new InetSocketAddress(LOOPBACK, port));
			client.connect(listener.getLocalSocketAddress());
			assertThat(PortObstacle.of(port).orElseThrow()).startsWith("is one end of a connection of " + own());
		}
	}

}
