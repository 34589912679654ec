package io.microplatform.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.microplatform.local.process.Await;
import io.microplatform.local.server.StateDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PlatformLockTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	@SuppressWarnings("NullAway.Init") // set before each
	private Context context;

	@BeforeEach
	void create(@TempDir Path directory) {
		this.context = new Context(directory, new StateDirectory(directory.resolve("state")), Map.of(),
				new PrintStream(this.out, true, StandardCharsets.UTF_8), System.err, Instant.now());
	}

	private PlatformLock take() {
		try {
			this.context.state().create();
			return PlatformLock.take(this.context);
		}
		catch (IOException | CommandFailedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private boolean saysThatItWaits() {
		return this.out.toString(StandardCharsets.UTF_8).contains("waiting until it has ended");
	}

	@Test
	void theSecondWaitsAndGoesOn() throws Exception {
		CompletableFuture<PlatformLock> second;
		try (PlatformLock _ = take()) {
			second = CompletableFuture.supplyAsync(this::take);
			assertThat(Await.until(PATIENCE, this::saysThatItWaits)).isTrue();
			assertThat(second).isNotDone();
		}
		second.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).close();
	}

	@Test
	void theSecondWaitsForAnotherProcessHoweverThatEnds() throws Exception {
		Path held = this.context.root().resolve("held");
		Process first = new ProcessBuilder(
				Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin/java").toString(), "-cp",
				System.getProperty("java.class.path"), Holder.class.getName(), this.context.root().toString())
			.inheritIO()
			.start();
		assertThat(Await.until(PATIENCE, () -> Files.exists(held))).isTrue();
		CompletableFuture<PlatformLock> second = CompletableFuture.supplyAsync(this::take);
		assertThat(Await.until(PATIENCE, this::saysThatItWaits)).isTrue();
		assertThat(second).isNotDone();
		first.destroyForcibly();
		second.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).close();
	}

	/** Holds the lock until it is killed. */
	static final class Holder {

		private Holder() {
		}

		public static void main(String[] arguments) throws Exception {
			Path directory = Path.of(arguments[0]);
			Context context = new Context(directory, new StateDirectory(directory.resolve("state")).create(), Map.of(),
					System.out, System.err, Instant.now());
			try (PlatformLock _ = PlatformLock.take(context)) {
				Files.writeString(directory.resolve("held"), "");
				new CountDownLatch(1).await();
			}
		}

	}

}
