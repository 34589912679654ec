package io.microplatform.local.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.microplatform.local.TestState;
import io.microplatform.local.process.Await;
import io.microplatform.local.process.LeashedLauncher;
import io.microplatform.local.process.Ports;
import io.microplatform.local.server.Secrets;
import io.microplatform.local.server.StartFailedException;
import io.microplatform.local.server.StateDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Files of Redis that a power failure has damaged.
 */
class DamagedRedisTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@SuppressWarnings("NullAway.Init") // set before each
	private StateDirectory state;

	@SuppressWarnings("NullAway.Init") // set before each
	private Redis redis;

	@BeforeEach
	void create(@TempDir Path directory) throws Exception {
		this.state = TestState.in(directory.toRealPath());
		this.redis = new Redis(Ports.free(1).getFirst(), this.state, TestState.programs(), Secrets.in(this.state),
				new LeashedLauncher(this.state.logs()));
		this.redis.start(PATIENCE);
		command("SET kept 42");
	}

	@AfterEach
	void stop() throws IOException {
		this.redis.kill();
	}

	private String command(String command) throws IOException {
		return this.redis.command("admin", this.redis.adminPassword(), command);
	}

	private Path log() {
		return this.state.data("redis").resolve("appendonly.aof");
	}

	static Stream<Named<UnaryOperator<byte[]>>> damages() {
		return Stream.of(Named.of("595 zeros at the end", (content) -> join(content, new byte[595])),
				Named.of("zeros only", (content) -> new byte[content.length]),
				Named.of("garbage at the end", (content) -> join(content, "garbage".getBytes(StandardCharsets.UTF_8))),
				Named.of("garbage only", (content) -> "garbage".getBytes(StandardCharsets.UTF_8)),
				Named.of("zeros in the middle", DamagedRedisTests::blank));
	}

	private static byte[] join(byte[] content, byte[] more) {
		byte[] joined = new byte[content.length + more.length];
		System.arraycopy(content, 0, joined, 0, content.length);
		System.arraycopy(more, 0, joined, content.length, more.length);
		return joined;
	}

	private static byte[] blank(byte[] content) {
		byte[] blank = content.clone();
		for (int i = blank.length / 3; i < blank.length * 2 / 3; i++) {
			blank[i] = 0;
		}
		return blank;
	}

	@ParameterizedTest
	@MethodSource("damages")
	void aDamagedLogIsSetAsideAndNamed(UnaryOperator<byte[]> damage) throws Exception {
		this.redis.kill();
		byte[] damaged = damage.apply(Files.readAllBytes(log()));
		assertBeginsAnewWith(damaged);
	}

	@Test
	void aDamagedSnapshotAtTheBeginningOfTheLogIsSetAsideAndNamed() throws Exception {
		command("BGREWRITEAOF");
		byte[] begin = "REDIS".getBytes(StandardCharsets.UTF_8);
		assertThat(Await.until(PATIENCE, () -> Arrays.equals(Arrays.copyOf(read(), begin.length), begin))).isTrue();
		this.redis.kill();
		assertBeginsAnewWith(blank(read()));
	}

	private byte[] read() {
		try {
			return Files.readAllBytes(log());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void assertBeginsAnewWith(byte[] damaged) throws Exception {
		Files.write(log(), damaged, StandardOpenOption.TRUNCATE_EXISTING);
		this.redis.start(PATIENCE);
		assertThat(command("EXISTS kept")).isEqualTo(":0");
		assertThat(this.redis.note().orElseThrow()).contains("appendonly.aof");
		assertThat(this.state.data("redis").resolve("damaged/appendonly.aof")).hasBinaryContent(damaged);
		command("SET kept 43");
		this.redis.kill();
		this.redis.start(PATIENCE);
		assertThat(command("EXISTS kept")).isEqualTo(":1");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 30 })
	void aLogThatWasCutOffIsReadAsFarAsItGoes(int length) throws Exception {
		this.redis.kill();
		byte[] content = Files.readAllBytes(log());
		Files.write(log(), Arrays.copyOf(content, Math.min(length, content.length)));
		this.redis.start(PATIENCE);
		assertThat(command("PING")).isEqualTo("+PONG");
	}

	@Test
	void dataStayWhereSomethingElseKeepsItFromStarting() throws Exception {
		this.redis.kill();
		try (ServerSocket taken = new ServerSocket(this.redis.port(), 1, InetAddress.getLoopbackAddress())) {
			assertThat(taken.isBound()).isTrue();
			assertThatExceptionOfType(StartFailedException.class).isThrownBy(() -> this.redis.start(PATIENCE));
		}
		this.redis.start(PATIENCE);
		assertThat(command("EXISTS kept")).isEqualTo(":1");
		assertThat(this.redis.note()).isEmpty();
	}

}
