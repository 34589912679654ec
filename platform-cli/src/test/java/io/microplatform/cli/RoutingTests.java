package io.microplatform.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.microplatform.local.process.Command;
import io.microplatform.local.process.DetachedLauncher;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.RunRecords;
import io.microplatform.local.process.RunningProcess;
import io.microplatform.local.process.Shutdown;
import io.microplatform.local.server.StateDirectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * With a gateway that is this test: what it knows changes from one look to the next.
 */
class RoutingTests {

	private static final long BY_HAND = 1;

	private static final String ORDER_SERVICE = "order-service";

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Duration SHORT = Duration.ofMillis(300);

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path root;

	@SuppressWarnings("NullAway.Init") // started before each
	private HttpServer gateway;

	@SuppressWarnings("NullAway.Init") // made before each
	private Context context;

	private final List<RunningProcess> processes = new ArrayList<>();

	/** What the gateway answers, and the last of them from then on. */
	private Iterator<String> answers = List.of("").iterator();

	private String answer = "";

	private int looks;

	private Runnable whenAsked = () -> {
	};

	@BeforeEach
	void start() throws IOException {
		ServiceFiles.write(this.root);
		ServiceFiles.write(this.root, "delivery-service", "");
		this.context = new Context(this.root, new StateDirectory(this.root.resolve(".platform")), Map.of(),
				new PrintStream(System.out, true, StandardCharsets.UTF_8), System.err, Instant.now());
		this.gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.gateway.createContext("/actuator/health/routes/routedServices", (exchange) -> {
			this.looks++;
			this.whenAsked.run();
			this.answer = this.answers.hasNext() ? this.answers.next() : this.answer;
			byte[] body = this.answer.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(503, (body.length > 0) ? body.length : -1);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		this.gateway.start();
		launch(Plan.GATEWAY, Plan.GATEWAY);
	}

	@AfterEach
	void stop() {
		this.gateway.stop(0);
		this.processes.forEach(RunningProcess::kill);
	}

	/** Puts a process on record in the place of an instance. */
	private long launch(String name, String instance) throws IOException {
		int port = this.gateway.getAddress().getPort();
		RunningProcess process = new DetachedLauncher(this.context.records(), this.context.state().logs()).launch(
				new Instance(name, instance, port, port, "http://127.0.0.1:" + port, null, null),
				new Command(List.of("sleep", "60"), Map.of(), this.root), Shutdown.USUAL);
		this.processes.add(process);
		return process.pid();
	}

	private static String knows(long... pids) {
		return LongStream.of(pids)
			.mapToObj((pid) -> "{\"uri\":\"http://127.0.0.1:1\",\"pid\":\"%s\"}".formatted(pid))
			.collect(Collectors.joining(",", "{\"status\":\"DOWN\",\"details\":{\"order-service\":[", "]}}"));
	}

	private void answer(String... answers) {
		this.answers = List.of(answers).iterator();
	}

	private static void awaitOrders(Routing routing, Duration patience) throws IOException, CommandFailedException {
		routing.await((instance) -> instance.name().equals(ORDER_SERVICE), Instant.now().plus(patience));
	}

	@Test
	void aNewInstanceIsWaitedFor() throws Exception {
		Routing routing = Routing.of(this.context);
		long pid = launch(ORDER_SERVICE, "order-service-1");
		answer("", "not JSON", knows(), knows(BY_HAND), knows(BY_HAND, pid));
		awaitOrders(routing, LONG);
		assertThat(this.looks).isGreaterThanOrEqualTo(5);
	}

	@Test
	void aGoneInstanceIsWaitedFor() throws Exception {
		long first = launch(ORDER_SERVICE, "order-service-1");
		long second = launch(ORDER_SERVICE, "order-service-2");
		Routing routing = Routing.of(this.context);
		this.context.records().delete("order-service-2");
		answer(knows(first, second), knows(first));
		awaitOrders(routing, LONG);
		assertThat(this.looks).isGreaterThanOrEqualTo(2);
	}

	@Test
	void anInstanceThatWasStartedAgainIsNotTakenForTheOneBefore() throws Exception {
		long before = launch(ORDER_SERVICE, "order-service-1");
		Routing routing = Routing.of(this.context);
		long after = launch(ORDER_SERVICE, "order-service-1");
		answer(knows(before), knows(), knows(after));
		awaitOrders(routing, LONG);
		assertThat(this.looks).isGreaterThanOrEqualTo(3);
	}

	@Test
	void otherServicesAreNotWaitedFor() throws Exception {
		launch(Plan.USER_SERVICE, "user-service-1");
		long pid = launch(ORDER_SERVICE, "order-service-1");
		answer(knows(pid));
		awaitOrders(Routing.of(this.context), LONG);
	}

	@Test
	void aServiceThatNoRouteLeadsToIsNotWaitedFor() throws Exception {
		Routing routing = Routing.of(this.context);
		long pid = launch(ORDER_SERVICE, "order-service-1");
		launch("delivery-service", "delivery-service-1");
		answer("", knows(pid));
		routing.await(Routing.ALL, Instant.now().plus(LONG));
		assertThat(this.looks).isGreaterThanOrEqualTo(2);
	}

	@Test
	void aServiceWithARouteIsWaitedFor() throws Exception {
		Routing routing = Routing.of(this.context);
		long pid = launch("delivery-service", "delivery-service-1");
		String without = "{\"details\":{\"order-service\":[],\"delivery-service\":[]}}";
		answer(without, without.replace("[]}}", "[{\"pid\":\"" + pid + "\"}]}}"));
		routing.await(Routing.ALL, Instant.now().plus(LONG));
		assertThat(this.looks).isGreaterThanOrEqualTo(2);
	}

	@Test
	void aGatewayThatFailsToLookHasLearnedNothing() throws Exception {
		launch(ORDER_SERVICE, "order-service-1");
		answer("{\"status\":\"DOWN\",\"details\":{\"error\":\"java.lang.IllegalStateException\"}}");
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> awaitOrders(Routing.of(this.context), SHORT))
			.withMessageContaining("order-service-1 is there");
	}

	@Test
	void whatTheGatewayDoesNotLearnIsNamed() throws Exception {
		long gone = launch(ORDER_SERVICE, "order-service-2");
		Routing routing = Routing.of(this.context);
		this.context.records().delete("order-service-2");
		launch(ORDER_SERVICE, "order-service-1");
		answer(knows(gone));
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(() -> awaitOrders(routing, SHORT))
			.withMessageContaining(
					String.format(Locale.ROOT, "order-service-1 is there and order-service-2 (pid %d) is gone", gone));
	}

	@ParameterizedTest
	@ValueSource(strings = { Plan.GATEWAY, "order-service-1" })
	@Timeout(20)
	void theEndOfAProcessEndsTheWait(String ending) throws Exception {
		Routing routing = Routing.of(this.context);
		launch(ORDER_SERVICE, "order-service-1");
		RunningProcess process = this.context.records().find(ending).orElseThrow().process().orElseThrow();
		this.whenAsked = process::kill;
		answer(knows());
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(() -> awaitOrders(routing, LONG))
			.withMessageContaining(ending + " ended");
	}

	@Test
	void aGatewayThatDoesNotAnswerHasLearnedNothing() throws Exception {
		launch(ORDER_SERVICE, "order-service-1");
		this.gateway.stop(0);
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> awaitOrders(Routing.of(this.context), SHORT))
			.withMessageContaining("order-service-1 is there");
	}

}
