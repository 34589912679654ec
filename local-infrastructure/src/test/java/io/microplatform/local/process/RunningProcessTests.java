package io.microplatform.local.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.RepeatedTest;

import static org.assertj.core.api.Assertions.assertThat;

class RunningProcessTests {

	/**
	 * The first thread of a process that is killed may be gone long before the last one,
	 * which keeps the sockets open.
	 */
	@RepeatedTest(5)
	void thePortOfAKilledProcessIsFreeAtOnce() throws IOException {
		Process jvm = new ProcessBuilder(CurrentJava.executable(), "-XX:TieredStopAtLevel=1", "-Xms256m",
				"-XX:+AlwaysPreTouch", "-cp", System.getProperty("java.class.path"), Listener.class.getName())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		try (BufferedReader output = jvm.inputReader()) {
			int port = Integer.parseInt(output.readLine());
			RunningProcess process = RunningProcess.of(jvm.pid()).orElseThrow();
			process.kill();
			assertThat(Ports.isFree(port)).isTrue();
			assertThat(process.isAlive()).isFalse();
		}
	}

	/** Listens, with many threads to end. */
	static final class Listener {

		private static final int THREADS = 500;

		private Listener() {
		}

		public static void main(String[] arguments) throws IOException, InterruptedException {
			CountDownLatch never = new CountDownLatch(1);
			for (int i = 0; i < THREADS; i++) {
				Thread.ofPlatform().start(() -> {
					try {
						never.await();
					}
					catch (InterruptedException ex) {
						Thread.currentThread().interrupt();
					}
				});
			}
			try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
				System.out.println(socket.getLocalPort());
				never.await();
			}
		}

	}

}
