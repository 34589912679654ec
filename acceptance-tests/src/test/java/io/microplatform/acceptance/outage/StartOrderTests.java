package io.microplatform.acceptance.outage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.FullRun;
import io.microplatform.acceptance.fixture.TestRun;
import io.microplatform.acceptance.platform.PrivatePlatform;
import io.microplatform.local.process.Http;
import io.microplatform.local.process.Instance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The five services started as the README says, by hand and in any order, while what
 * keeps the data stays up.
 */
@FullRun
@AcceptanceTest
class StartOrderTests {

	/** A plain jar with the JVM's own flags, beside others that start. */
	private static final Duration START_TAKES_AT_MOST = Duration.ofMinutes(3);

	private final PrivatePlatform platform;

	private final Witness witness;

	private final ReadmeCommand command;

	private final Map<String, Instance> instances = new HashMap<>();

	private final List<StartedByHand> running = new ArrayList<>();

	private final List<Path> links = new ArrayList<>();

	StartOrderTests(PrivatePlatform platform) {
		this.platform = platform;
		this.witness = new Witness(platform);
		this.command = ReadmeCommand.of(platform.root());
	}

	@BeforeAll
	void endTheServicesOfThePlatform() {
		for (String service : StartOrder.SERVICES) {
			this.instances.put(service, this.platform.processes().the(service).asInstance());
			this.platform.process(service).kill();
		}
	}

	@AfterEach
	void endWhatWasStartedByHand() throws IOException {
		this.running.forEach(StartedByHand::close);
		this.running.clear();
		for (Path link : this.links) {
			Files.delete(link);
		}
		this.links.clear();
	}

	@AfterAll
	void leaveThePlatformRunning() {
		this.platform.up();
	}

	@ParameterizedTest
	@MethodSource
	void everyOrderWorks(StartOrder order, @TempDir Path directory) throws IOException {
		layOutLikeTheCheckout(directory);
		for (String service : order.services()) {
			StartedByHand process = new StartedByHand(instance(service), this.command.starting(service), directory);
			this.running.add(process);
			eventually(process, StartedByHand::hasComeAsFarAsItCanAlone);
		}
		this.running.forEach((process) -> eventually(process, StartedByHand::isReady));
		await().atMost(START_TAKES_AT_MOST).until(() -> Http.isOk(routes()));
		this.witness.testifiesThatAllIsWell();
	}

	static Stream<StartOrder> everyOrderWorks() {
		Random random = new Random(TestRun.seed());
		return Stream.concat(StartOrder.SERVICES.stream().map(StartOrder::beginningWith),
				Stream.of(StartOrder.shuffled(random), StartOrder.shuffled(random)));
	}

	/** With the state directory of this platform at its usual place. */
	private void layOutLikeTheCheckout(Path directory) throws IOException {
		this.links.add(Files.createSymbolicLink(directory.resolve(".platform"), this.platform.state()));
		for (String service : StartOrder.SERVICES) {
			this.links.add(Files.createSymbolicLink(directory.resolve(service), this.platform.root().resolve(service)));
		}
	}

	private static void eventually(StartedByHand process, Predicate<StartedByHand> state) {
		await().atMost(START_TAKES_AT_MOST)
			.untilAsserted(() -> assertThat(state.test(process)).as(process.log()).isTrue());
	}

	/** Where the gateway says whether it knows an instance for every route. */
	private String routes() {
		return String.format(Locale.ROOT, "http://127.0.0.1:%d/actuator/health/routes",
				instance("api-gateway").managementPort());
	}

	private Instance instance(String service) {
		return Objects.requireNonNull(this.instances.get(service));
	}

}
