package io.microplatform.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.microplatform.local.process.Command;
import io.microplatform.local.process.DetachedLauncher;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.Ports;
import io.microplatform.local.process.RunningProcess;
import io.microplatform.local.process.Shutdown;
import io.microplatform.local.server.StateDirectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Ports of the instances of three business services.
 */
class BusinessPlanTests {

	private static final int PORTS = 16;

	private final int first = Ports.freeRow(PORTS, List.of());

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path root;

	@SuppressWarnings("NullAway.Init") // made before each
	private Context context;

	private final List<RunningProcess> processes = new ArrayList<>();

	@BeforeEach
	void describeThreeServices() throws IOException {
		ServiceFiles.write(this.root);
		ServiceFiles.write(this.root, "a-service", "kafka.consumes = orders\n");
		this.context = new Context(this.root, new StateDirectory(this.root.resolve(".platform")).create(),
				Map.of(Port.SERVICES.variable(), Integer.toString(this.first)), System.out, System.err, Instant.EPOCH);
	}

	@AfterEach
	void stop() {
		this.processes.forEach(RunningProcess::kill);
	}

	private List<String> plan() throws IOException, CommandFailedException {
		return new BusinessPlan(new PortChoice(this.context.environment()), this.context, "1").instances()
			.stream()
			.map((instance) -> instance.instance() + " +" + (instance.port() - this.first))
			.toList();
	}

	private RunningProcess launch(String instance, int offset) throws IOException {
		RunningProcess process = new DetachedLauncher(this.context.records(), this.context.state().logs()).launch(
				Plan.service("a-service", instance, this.first + offset, this.first + offset + 1, "1"),
				new Command(List.of("sleep", "60"), Map.of(), this.root), Shutdown.USUAL);
		this.processes.add(process);
		return process;
	}

	@Test
	void theTwoOfEveryPlatformHaveTheFirstPairsAndOthersTheNext() throws Exception {
		assertThat(plan()).containsExactly("user-service-1 +0", "order-service-1 +2", "a-service-1 +4");
	}

	@Test
	void furtherInstancesFollowInTheOrderOfTheServices() throws Exception {
		this.context.wanted().set("order-service", 2);
		this.context.wanted().set("a-service", 2);
		assertThat(plan()).containsExactly("user-service-1 +0", "order-service-1 +2", "order-service-2 +4",
				"a-service-1 +6", "a-service-2 +8");
	}

	@Test
	void aPairThatIsTakenIsLeftOut() throws Exception {
		try (ServerSocket _ = new ServerSocket(this.first + 5, 1, InetAddress.getLoopbackAddress())) {
			assertThat(plan()).containsExactly("user-service-1 +0", "order-service-1 +2", "a-service-1 +6");
		}
	}

	@Test
	void anInstanceKeepsItsPortsWhileItRunsAndAfterACrash() throws Exception {
		RunningProcess process = launch("a-service-1", 10);
		assertThat(plan()).contains("a-service-1 +10");
		process.kill();
		assertThat(plan()).contains("a-service-1 +10");
		try (ServerSocket _ = new ServerSocket(this.first + 10, 1, InetAddress.getLoopbackAddress())) {
			assertThat(plan()).contains("a-service-1 +4");
		}
	}

	@Test
	void whatRunsBeyondTheNumberIsInThePlan() throws Exception {
		RunningProcess process = launch("a-service-3", 10);
		assertThat(plan()).endsWith("a-service-1 +4", "a-service-3 +10");
		process.kill();
		assertThat(plan()).endsWith("a-service-1 +4");
	}

	@Test
	void theFirstInstancesAreThoseOfTheirServices() throws Exception {
		this.context.wanted().set("a-service", 2);
		Plan plan = Plan.of(new PortChoice(this.context.environment()), this.context, "1");
		assertThat(plan.business().stream().filter(Plan::isFirst).map(Instance::instance))
			.containsExactly("user-service-1", "order-service-1", "a-service-1");
		assertThat(plan.gateways()).allMatch(Plan::isFirst);
	}

	static Stream<String> namesOfOtherPartsAreRefused() {
		List<String> parts = Stream.of(ObservabilityProgram.Part.values()).map(String::valueOf).toList();
		return Stream
			.of(Plan.SERVERS, Plan.INFRASTRUCTURE, ObservabilityProgram.titles(), parts, List.of(AotTraining.RECORDS))
			.flatMap(List::stream)
			.distinct();
	}

	@ParameterizedTest
	@MethodSource
	void namesOfOtherPartsAreRefused(String name) throws IOException {
		ServiceFiles.write(this.root, name, "");
		assertThatIOException().isThrownBy(() -> this.context.business()).withMessageContaining("is reserved");
	}

}
