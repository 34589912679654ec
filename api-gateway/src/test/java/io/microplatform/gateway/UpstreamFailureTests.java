package io.microplatform.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.jayway.jsonpath.JsonPath;
import io.microplatform.gateway.RawClient.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class UpstreamFailureTests extends GatewayTest {

	@Test
	void aServiceWithoutInstanceIsUnavailable() throws Exception {
		Answer answer = get("/orders");

		assertProblem(answer, 503, "unavailable");
		assertThat(answer.headers()).containsEntry("retry-after", "1");
	}

	@Test
	void anInstanceThatRefusesConnectionsIsUnavailable() throws Exception {
		try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			register("order-service", closed.getLocalPort());
		}

		assertProblem(get("/orders"), 503, "unavailable");
	}

	@Test
	void anAnswerThatDoesNotComeInTimeIsATimeout() throws Exception {
		assertProblem(get("/users/hang"), 504, "upstream-timeout");
	}

	@Test
	void anAnswerThatStallsHalfWayEnds() throws Exception {
		try (RawClient client = new RawClient(port())) {
			client.send("GET /users/hang-half-way HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
			Answer answer = client.read();

			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.body()).isEqualTo("x");
		}
	}

	@Test
	void aServiceThatBreaksOffIsABadGatewayAndIsNotAskedTwice() throws Exception {
		get("/users/7");
		upstream.takeRequests();

		assertProblem(get("/users/break-off"), 502, "bad-gateway");
		assertThat(upstream.takeRequests()).hasSize(1);
	}

	@Test
	void aServiceThatDoesNotSpeakHttpIsABadGateway() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			register("order-service", server.getLocalPort());
			Thread.startVirtualThread(() -> answerNonsense(server));

			assertProblem(get("/orders"), 502, "bad-gateway");
		}
	}

	@Test
	void moreRequestsThanConnectionsAreUnavailableAtOnceAndNotQueuedForEver() throws Exception {
		try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Callable<Answer>> requests = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				requests.add(() -> get("/users/hang"));
			}
			List<Integer> statuses = new ArrayList<>();
			for (Future<Answer> answer : clients.invokeAll(requests)) {
				statuses.add(answer.get().status());
			}

			assertThat(statuses).contains(503, 504).containsOnly(503, 504);
		}
	}

	@Test
	void theTraceIdOfTheAnswerIsInTheLog(CapturedOutput output) throws Exception {
		Answer answer = get("/users/hang");
		String traceId = JsonPath.read(answer.body(), "$.traceId");

		assertThat(output.getOut().lines()).anySatisfy((line) -> assertThat(line).contains(traceId, "504"));
		assertThat(upstream.takeRequests()).singleElement()
			.satisfies((request) -> assertThat(request.headers().getFirst("Traceparent")).contains(traceId));
	}

	@Test
	void theTraceIdOfARefusedRequestIsInTheLog(CapturedOutput output) throws Exception {
		String traceId = JsonPath.read(get("/users/%zz").body(), "$.traceId");

		assertThat(output.getOut().lines()).anySatisfy((line) -> assertThat(line).contains(traceId, "400"));
	}

	private static void answerNonsense(ServerSocket server) {
		try (Socket socket = server.accept()) {
			byte[] head = new byte[1000];
			assertThat(socket.getInputStream().read(head)).isPositive();
			socket.getOutputStream().write("220 mail.example SMTP\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			socket.getOutputStream().flush();
		}
		catch (IOException ex) {
			// The test sees what the gateway makes of it.
		}
	}

}
