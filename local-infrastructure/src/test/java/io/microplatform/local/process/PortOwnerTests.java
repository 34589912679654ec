package io.microplatform.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PortOwnerTests {

	@Test
	void namesWhoListens() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThat(PortOwner.of(socket.getLocalPort()))
				.hasValueSatisfying((owner) -> assertThat(owner.pid()).isEqualTo(ProcessHandle.current().pid()))
				.hasValueSatisfying((owner) -> assertThat(owner.command()).contains("java"));
			assertThat(Ports.isFree(socket.getLocalPort())).isFalse();
		}
	}

	@Test
	void findsNobodyOnAFreePort() throws IOException {
		int port = Ports.free(1).getFirst();
		assertThat(PortOwner.of(port)).isEmpty();
		assertThat(Ports.isFree(port)).isTrue();
	}

}
