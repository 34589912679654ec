package io.microplatform.gateway;

import java.io.IOException;
import java.net.SocketException;

import com.jayway.jsonpath.JsonPath;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.gateway.RawClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A gateway that passes on three requests at a time, two of them with the same path, and
 * takes eight connections. Its route waits long enough for an upstream that hangs until
 * the test releases it.
 */
class OverloadTests extends GatewayTest {

	private static final String ROUTE = "--spring.cloud.gateway.server.webflux.routes[0].";

	private static final int MAX_CONNECTIONS = 8;

	private static final String HOST = " HTTP/1.1\r\nHost: localhost\r\n";

	private static final String HANG = "GET /users/hang" + HOST + "\r\n";

	private static final String READ_ORDER = "GET /orders/7" + HOST + "\r\n";

	private static final String READ = "GET /users/7" + HOST + "\r\n";

	private static ConfigurableApplicationContext small;

	@BeforeAll
	static void startWithLowLimits() {
		small = start("--platform.gateway.max-in-progress=3", "--platform.gateway.max-in-progress-per-path=2",
				"--platform.gateway.max-connections=" + MAX_CONNECTIONS,
				"--spring.cloud.gateway.server.webflux.httpclient.pool.max-connections=" + MAX_CONNECTIONS,
				ROUTE + "id=patient", ROUTE + "uri=http://127.0.0.1:" + upstream.port(),
				ROUTE + "predicates[0]=Path=/users/**,/orders/**", ROUTE + "metadata.response-timeout=30000");
	}

	@AfterAll
	static void stop() {
		small.close();
	}

	@AfterEach
	void everythingEnds() {
		releaseAll();
		await().until(() -> gauge("gateway.connections") == 0);
	}

	@Test
	void shedsARequestBeyondTheLimitAndKeepsItsConnection() throws Exception {
		double shed = shed();
		try (RawClient first = hanging(1); RawClient second = hanging(2); RawClient third = client()) {
			third.send(READ);
			assertShed(third.read());
			third.send("POST /users" + HOST + "Content-Length: 3\r\n\r\nabc" + READ);
			assertShed(third.read());
			assertShed(third.read());
			assertThat(shed()).isEqualTo(shed + 3);

			releaseAll();
			assertThat(first.read().status()).isEqualTo(502);
			assertThat(second.read().status()).isEqualTo(502);
			assertThat(upstream.takeRequests()).hasSize(2);
			third.send(READ);
			assertThat(third.read().status()).isEqualTo(201);
		}
	}

	@Test
	void leavesRoomForOtherPaths() throws Exception {
		try (RawClient _ = hanging(1); RawClient _ = hanging(2); RawClient order = client()) {
			assertShed(exchange("GET /users?a=/b" + HOST + "\r\n"));
			assertThat(exchange(READ_ORDER).status()).isEqualTo(201);

			order.send("GET /orders/hang" + HOST + "\r\n");
			await().until(() -> inProgress() == 3);
			assertShed(exchange(READ_ORDER));
		}
		await().until(() -> inProgress() == 0);
		assertThat(exchange(READ).status()).isEqualTo(201);
	}

	@Test
	void keepsTheOrderOfPipelinedRequests() throws Exception {
		double shed = shed();
		try (RawClient first = hanging(1); RawClient second = client()) {
			second.send(HANG + READ + READ);
			await().until(() -> shed() == shed + 2);

			releaseAll();
			assertThat(first.read().status()).isEqualTo(502);
			assertThat(second.read().status()).isEqualTo(502);
			assertShed(second.read());
			assertShed(second.read());
			second.send(READ);
			assertThat(second.read().status()).isEqualTo(201);
		}
	}

	@Test
	void isOverWhenClientsDisconnect() throws Exception {
		try (RawClient _ = hanging(1); RawClient _ = hanging(2)) {
			assertThat(inProgress()).isEqualTo(2);
		}
		await().until(() -> inProgress() == 0);
		assertThat(exchange(READ).status()).isEqualTo(201);
	}

	@Test
	void doesNotCountRequestsThatWaitInAService() throws Exception {
		try (RawClient waiting = client()) {
			waiting.send("POST /users/hang" + HOST + "Prefer: wait=10\r\nContent-Length: 0\r\n\r\n");
			await().until(() -> !upstream.takeRequests().isEmpty());
			assertThat(inProgress()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /users/hang" + HOST + "Prefer: wait=10\r\n\r\n",
			"POST /users/hang" + HOST + "Prefer: wait=0\r\nContent-Length: 0\r\n\r\n",
			"POST /users/hang" + HOST + "Prefer: wait\r\nContent-Length: 0\r\n\r\n" })
	void countsRequestsThatCannotWait(String request) throws Exception {
		try (RawClient client = client()) {
			client.send(request);
			await().until(() -> inProgress() == 1);
		}
	}

	@Test
	void closesTheConnectionOfAShedRequestOnlyOnRequest() throws Exception {
		try (RawClient _ = hanging(1);
				RawClient _ = hanging(2);
				RawClient last = client();
				RawClient old = client();
				RawClient head = client()) {
			last.send("GET /users/7" + HOST + "Connection: close\r\n\r\n");
			Answer answer = last.read();
			assertShed(answer);
			assertThat(answer.headers()).containsEntry("connection", "close");
			assertThat(last.isAtEnd()).isTrue();

			old.send("GET /users/7 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
			answer = old.read();
			assertShed(answer);
			assertThat(answer.headers()).containsEntry("connection", "keep-alive");

			head.send("HEAD /users/7" + HOST + "\r\n");
			assertThat(head.readHead(true)).startsWith("HTTP/1.1 503 ");
			head.send(READ);
			assertShed(head.read());
		}
	}

	@Test
	void closesAConnectionBeyondTheLimit() throws Exception {
		RawClient[] clients = new RawClient[MAX_CONNECTIONS];
		for (int i = 0; i < MAX_CONNECTIONS; i++) {
			clients[i] = client();
		}
		await().until(() -> gauge("gateway.connections") == MAX_CONNECTIONS);
		try (RawClient more = client()) {
			assertThat(isClosed(more)).isTrue();
		}
		clients[0].send(READ);
		assertThat(clients[0].read().status()).isEqualTo(201);
		for (RawClient client : clients) {
			client.close();
		}
		await().until(() -> gauge("gateway.connections") == 0);
		assertThat(exchange(READ).status()).isEqualTo(201);
	}

	private static void assertShed(Answer answer) {
		assertProblem(answer, 503, "unavailable");
		assertThat(answer.headers()).containsEntry("retry-after", "1");
		assertThat(JsonPath.<String>read(answer.body(), "$.detail"))
			.isEqualTo("The gateway is overloaded. The request had no effect; try again in 1 s.");
	}

	/** Opens a connection and waits until its request is the nth in progress. */
	private static RawClient hanging(int requests) throws IOException {
		RawClient client = client();
		client.send(HANG);
		await().until(() -> inProgress() == requests);
		return client;
	}

	/** Includes requests that reach the upstream in the meantime. */
	private static void releaseAll() {
		await().until(() -> {
			upstream.release();
			return inProgress() == 0;
		});
	}

	private static boolean isClosed(RawClient client) throws IOException {
		try {
			return client.isAtEnd();
		}
		catch (SocketException ex) {
			return true; // reset
		}
	}

	private static RawClient client() throws IOException {
		return new RawClient(smallPort());
	}

	private static Answer exchange(String request) throws IOException {
		return RawClient.exchange(smallPort(), request);
	}

	private static int smallPort() {
		return small.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private static double inProgress() {
		return gauge("gateway.requests.in.progress");
	}

	private static double gauge(String name) {
		return small.getBean(MeterRegistry.class).get(name).gauge().value();
	}

	private static double shed() {
		return small.getBean(MeterRegistry.class).get("gateway.requests.shed").counter().count();
	}

}
