package io.microplatform.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.opentest4j.TestAbortedException;

/**
 * Another server of this platform, run from its jar as a process of its own. It ends with
 * the process that started it, however that ends: the shell in between reads a pipe that
 * closes then.
 */
final class ServerProcess implements AutoCloseable {

	private static final String LEASH = "\"$@\" & server=$!; cat > /dev/null; kill $server; wait $server";

	private final Process process;

	ServerProcess(String module, int port, Map<String, String> environment) {
		Path jar = Path.of(System.getProperty("platform.root"), module, "target", module + ".jar");
		if (!Files.exists(jar)) {
			throw new TestAbortedException(jar + " is not built: run the phase verify of the whole project");
		}
		List<String> command = new ArrayList<>(List.of("sh", "-c", LEASH, "leash"));
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-jar", jar.toString()));
		ProcessBuilder builder = new ProcessBuilder(command)
			.redirectOutput(Path.of(System.getProperty("java.io.tmpdir"), module + "-of-the-test.log").toFile())
			.redirectErrorStream(true);
		builder.environment().putAll(environment);
		builder.environment().put("SPRING_PROFILES_ACTIVE", "local");
		builder.environment().put("SERVER_PORT", String.valueOf(port));
		try {
			this.process = builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.process.getOutputStream().close();
			if (!this.process.waitFor(20, TimeUnit.SECONDS)) {
				this.process.descendants().forEach(ProcessHandle::destroyForcibly);
				this.process.destroyForcibly();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
