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
import io.microplatform.acceptance.fixture.StartsInstances;
import io.microplatform.acceptance.fixture.TestRun;
import io.microplatform.lab.platform.PrivatePlatform;
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
 * The five services can be started by hand, as CONTRIBUTING.md describes, in any order.
 * PostgreSQL, Redis and Kafka keep running.
 */
@FullRun
@AcceptanceTest
@StartsInstances
class StartOrderTests {

	/** Start time of a plain jar with default JVM flags, while others start. */
	private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

	private final PrivatePlatform platform;

	private final DataLossCheck dataLossCheck;

	private final DocumentedStart command;

	private final Map<String, Instance> instances = new HashMap<>();

	private final List<ManuallyStartedService> running = new ArrayList<>();

	private final List<Path> links = new ArrayList<>();

	StartOrderTests(PrivatePlatform platform) {
		this.platform = platform;
		this.dataLossCheck = new DataLossCheck(platform);
		this.command = DocumentedStart.of(platform.root());
	}

	@BeforeAll
	void stopTheServicesOfThePlatform() {
		for (String service : StartOrder.SERVICES) {
			this.instances.put(service, this.platform.processes().recordOf(service).asInstance());
			this.platform.process(service).kill();
		}
	}

	@AfterEach
	void stopManuallyStartedServices() throws IOException {
		this.running.forEach(ManuallyStartedService::close);
		this.running.clear();
		for (Path link : this.links) {
			Files.delete(link);
		}
		this.links.clear();
	}

	@AfterAll
	void startThePlatform() {
		this.platform.up();
	}

	@ParameterizedTest
	@MethodSource
	void everyStartOrderWorks(StartOrder order, @TempDir Path directory) throws IOException {
		linkCheckout(directory);
		for (String service : order.services()) {
			ManuallyStartedService process = new ManuallyStartedService(instance(service),
					this.command.starting(service), directory);
			this.running.add(process);
			eventually(process, ManuallyStartedService::isListeningOrWaiting);
		}
		this.running.forEach((process) -> eventually(process, ManuallyStartedService::isReady));
		await().atMost(START_TIMEOUT).until(() -> Http.isOk(routes()));
		this.dataLossCheck.assertThatNothingIsLost();
	}

	static Stream<StartOrder> everyStartOrderWorks() {
		Random random = new Random(TestRun.seed());
		return Stream.concat(StartOrder.SERVICES.stream().map(StartOrder::beginningWith),
				Stream.of(StartOrder.shuffled(random), StartOrder.shuffled(random)));
	}

	/**
	 * Links the platform's state directory and the modules into a directory, as in the
	 * checkout.
	 */
	private void linkCheckout(Path directory) throws IOException {
		this.links.add(Files.createSymbolicLink(directory.resolve(".platform"), this.platform.state()));
		for (String service : StartOrder.SERVICES) {
			this.links.add(Files.createSymbolicLink(directory.resolve(service), this.platform.root().resolve(service)));
		}
	}

	private static void eventually(ManuallyStartedService process, Predicate<ManuallyStartedService> state) {
		await().atMost(START_TIMEOUT).untilAsserted(() -> assertThat(state.test(process)).as(process.log()).isTrue());
	}

	/**
	 * Returns the URL of the gateway's health group for routes, which is UP when every
	 * route has an instance.
	 */
	private String routes() {
		return String.format(Locale.ROOT, "http://127.0.0.1:%d/actuator/health/routes",
				instance("api-gateway").managementPort());
	}

	private Instance instance(String service) {
		return Objects.requireNonNull(this.instances.get(service));
	}

}
