package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import io.microplatform.local.process.Await;
import io.microplatform.local.process.RunningProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The caches that make starts fast, on one platform whose life the tests share in order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AotTrainingTests {

	private static final Duration TRAINING_TAKES_AT_MOST = Duration.ofMinutes(4);

	private static final String USES_A_CACHE = "-XX:AOTCache=";

	@SuppressWarnings("NullAway.Init") // made before the first test
	private StandInCheckout checkout;

	@BeforeAll
	void checkOut(@TempDir Path directory) throws IOException {
		this.checkout = new StandInCheckout(directory.resolve("checkout"));
	}

	@AfterAll
	void leaveNothing() throws IOException {
		this.checkout.close();
	}

	@Test
	@Order(1)
	void downEndsATrainingRunAndWhatItHasMadeSoFar() throws IOException {
		this.checkout.install("discovery-server", StandInService.NEVER_TRAINED);
		this.checkout.assertDone("up");
		RunningProcess training = this.checkout.training().orElseThrow();
		assertThat(Await.until(TRAINING_TAKES_AT_MOST, () -> training.tree().size() > 1)).isTrue();
		List<Long> tree = training.tree();
		assertThat(this.checkout.run("doctor").out()).contains("nothing is left of an earlier run");
		this.checkout.assertDone("down");
		assertThat(tree).noneMatch((pid) -> RunningProcess.of(pid).isPresent());
		assertThat(this.checkout.training()).isEmpty();
		this.checkout.install("discovery-server");
	}

	@Test
	@Order(2)
	void theFirstUpTrainsEveryServiceAndTheNextStartsFromTheCaches() throws IOException {
		this.checkout.assertDone("up");
		assertThat(commandOf("order-service-1")).doesNotContain(USES_A_CACHE);
		awaitTraining();
		for (String service : StandInCheckout.SERVICES) {
			assertThat(caches(service)).as(service).hasSize(1);
		}
		this.checkout.assertDone("down");
		this.checkout.assertDone("up");
		assertThat(this.checkout.training()).as("nothing is left to train").isEmpty();
		assertThat(commandOf("order-service-1")).contains(USES_A_CACHE + caches("order-service").getFirst());
	}

	@Test
	@Order(3)
	void aNewBuildThrowsTheCacheAwayAndIsTrainedAnew() throws IOException {
		Path before = caches("user-service").getFirst();
		this.checkout.rebuild("user-service");
		this.checkout.assertDone("restart", "user-service");
		assertThat(commandOf("user-service-1")).doesNotContain(USES_A_CACHE);
		awaitTraining();
		this.checkout.assertDone("restart", "user-service");
		Path after = caches("user-service").getFirst();
		assertThat(commandOf("user-service-1")).contains(USES_A_CACHE + after);
		assertThat(after).isNotEqualTo(before);
	}

	@Test
	@Order(4)
	void anUnusableCacheDoesNotKeepAServiceFromStarting() throws IOException {
		Path cache = caches("api-gateway").getFirst();
		Files.write(cache, new byte[Math.toIntExact(Files.size(cache))]);
		this.checkout.assertDone("restart", "api-gateway");
		assertThat(commandOf("api-gateway")).contains(USES_A_CACHE);
	}

	@Test
	@Order(5)
	void aCacheThatWasCutOffIsMadeAnew() throws IOException {
		Path cache = caches("api-gateway").getFirst();
		Files.writeString(cache, "");
		this.checkout.assertDone("restart", "api-gateway");
		assertThat(commandOf("api-gateway")).doesNotContain(USES_A_CACHE);
		awaitTraining();
		// It may be as large as the one before, and then has its name too.
		assertThat(caches("api-gateway")).singleElement().satisfies((made) -> assertThat(made).isNotEmptyFile());
		this.checkout.assertDone("restart", "api-gateway");
		assertThat(commandOf("api-gateway")).contains(USES_A_CACHE + caches("api-gateway").getFirst());
	}

	private void awaitTraining() throws IOException {
		RunningProcess training = this.checkout.training().orElseThrow();
		assertThat(Await.until(TRAINING_TAKES_AT_MOST, () -> !training.isAlive())).isTrue();
	}

	private String commandOf(String instance) throws IOException {
		return String.valueOf(this.checkout.entry(instance).command());
	}

	private List<Path> caches(String service) throws IOException {
		try (Stream<Path> files = Files.walk(this.checkout.state().resolve("apps").resolve(service))) {
			return files.filter((file) -> file.toString().endsWith(".aot")).toList();
		}
	}

}
