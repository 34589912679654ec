package io.microplatform.local.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

import io.microplatform.local.TestState;
import io.microplatform.local.process.LeashedLauncher;
import io.microplatform.local.process.Ports;
import io.microplatform.local.server.Secrets;
import io.microplatform.local.server.StateDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Redis to which more is written than it may keep.
 */
class RedisLimitTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final int MEGABYTE = 1_000_000;

	private static final long MAX_MEMORY = 64L * 1024 * 1024;

	@SuppressWarnings("NullAway.Init") // set before each
	private StateDirectory state;

	@SuppressWarnings("NullAway.Init") // set before each
	private Redis redis;

	@BeforeEach
	void start(@TempDir Path directory) throws Exception {
		this.state = TestState.in(directory.toRealPath());
		this.redis = new Redis(Ports.free(1).getFirst(), this.state, TestState.programs(), Secrets.in(this.state),
				new LeashedLauncher(this.state.logs()));
		this.redis.start(PATIENCE);
	}

	@AfterEach
	void stop() throws IOException {
		this.redis.kill();
	}

	@Test
	void inFullMemoryOldKeysMakeRoomForNewOnes() throws IOException {
		for (int key = 0; key < 200; key++) {
			write(key);
		}
		long keys = Long.parseLong(command("DBSIZE").substring(1));
		assertThat(keys).isBetween(10L, MAX_MEMORY / MEGABYTE);
	}

	@Test
	void theFileIsRewrittenWhenItIsLargerThanTheMemory() throws IOException {
		long largest = 0;
		for (int i = 0; i < 2000 && fileSize() >= largest; i++) {
			largest = fileSize();
			write(0);
		}
		assertThat(fileSize()).isLessThan(largest);
		assertThat(largest).isGreaterThan(MAX_MEMORY / 2);
	}

	private void write(int key) throws IOException {
		String script = String.format(Locale.ROOT, "return redis.call('set','%d',string.rep('x',%d))", key, MEGABYTE);
		assertThat(command("EVAL \"" + script + "\" 0")).isEqualTo("+OK");
	}

	private String command(String command) throws IOException {
		return this.redis.command(Redis.ADMIN, this.redis.adminPassword(), command);
	}

	private long fileSize() {
		try {
			return Files.size(this.state.data(Redis.NAME).resolve("appendonly.aof"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
