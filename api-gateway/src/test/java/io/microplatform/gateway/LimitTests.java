package io.microplatform.gateway;

import java.io.IOException;
import java.util.Locale;

import io.microplatform.gateway.RawClient.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LimitTests extends GatewayTest {

	private static final int LIMIT = 64 * 1024;

	private static final String HEAD = "POST /users HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, LIMIT })
	void bodiesUpToTheLimitPassWithContentLength(int size) throws Exception {
		Answer answer = send(HEAD + "Content-Length: " + size + "\r\n\r\n" + "x".repeat(size));

		assertThat(answer.status()).isEqualTo(201);
		assertThat(upstream.takeRequests()).singleElement()
			.satisfies((request) -> assertThat(request.bodySize()).isEqualTo(size));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 1000, LIMIT })
	void bodiesUpToTheLimitPassInChunks(int size) throws Exception {
		Answer answer = send(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunk(size / 2) + chunk(size - size / 2)
				+ "0\r\nX-Trailer: a\r\n\r\n");

		assertThat(answer.status()).isEqualTo(201);
		assertThat(upstream.takeRequests()).singleElement().satisfies((request) -> {
			assertThat(request.bodySize()).isEqualTo(size);
			assertThat(request.headers().getFirst("Content-Length")).isEqualTo(String.valueOf(size));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "65537", "10000000000", "9223372036854775807", "99999999999999999999" })
	void aLargerContentLengthIsRefusedBeforeTheBody(String length) throws Exception {
		Answer answer = send(HEAD + "Content-Length: " + length + "\r\nExpect: 100-continue\r\n\r\n");

		assertThat(answer.status()).isIn(400, 413);
		assertProblem(answer, answer.status(), (answer.status() == 413) ? "payload-too-large" : "malformed-request");
	}

	@Test
	void aLargerBodyInChunksIsRefusedEvenWhileItIsSent() throws Exception {
		try (RawClient client = new RawClient(port())) {
			client.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n");
			sendMegabytes(client, chunk(LIMIT));

			assertProblem(client.read(), 413, "payload-too-large");
		}
		assertThat(upstream.takeRequests()).isEmpty();
	}

	@Test
	void aLargerBodyWithContentLengthIsRefusedEvenWhileItIsSent() throws Exception {
		try (RawClient client = new RawClient(port())) {
			client.send(HEAD + "Content-Length: " + 160L * LIMIT + "\r\n\r\n");
			sendMegabytes(client, "x".repeat(LIMIT));

			assertProblem(client.read(), 413, "payload-too-large");
		}
		assertThat(upstream.takeRequests()).isEmpty();
	}

	@Test
	void aBodyThatIsAnnouncedIsAskedFor() throws Exception {
		try (RawClient client = new RawClient(port())) {
			client.send(HEAD + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n");

			assertThat(client.read().status()).isEqualTo(100);

			client.send("abc");

			assertThat(client.read().status()).isEqualTo(201);
		}
		assertThat(upstream.takeRequests()).singleElement()
			.satisfies((request) -> assertThat(request.headers()).doesNotContainKey("Expect"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "G", "GET /users HTTP/1.1\r\nHost: a\r\n",
			"POST /users HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345",
			"POST /users HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n" })
	void aRequestThatIsNotWholeInTimeIsRefused(String part) throws Exception {
		assertProblem(send(part), 408, "request-timeout");
		assertThat(upstream.takeRequests()).isEmpty();
	}

	@Test
	void aRequestThatTricklesInIsRefused() throws Exception {
		try (RawClient client = new RawClient(port())) {
			Thread trickle = Thread.startVirtualThread(() -> trickle(client));

			assertProblem(client.read(), 408, "request-timeout");
			trickle.interrupt();
		}
	}

	/** The gateway answers the first before it has looked at the body. */
	@ParameterizedTest
	@ValueSource(strings = { "/users", "/orders", "/nothing" })
	void aRequestMayComeInPiecesAfterOneWhoseBodyNobodyRead(String path) throws Exception {
		try (RawClient client = new RawClient(port())) {
			String head = "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\n".formatted(path);
			client.send(head + "abc");
			int first = client.read().status();

			client.send(head);
			get("/nothing"); // meanwhile, so that the gateway gets the pieces one by one
			client.send("abc");

			assertThat(client.read().status()).isEqualTo(first).isNotEqualTo(408);
		}
	}

	private static void trickle(RawClient client) {
		try {
			client.send(HEAD + "Content-Length: 1000\r\n\r\n");
			while (!Thread.interrupted()) {
				client.send("x");
				Thread.sleep(50);
			}
		}
		catch (IOException | InterruptedException ex) {
			// The gateway gave up, as it should.
		}
	}

	private static void sendMegabytes(RawClient client, String part) throws IOException {
		for (int i = 0; i < 160; i++) {
			client.send(part);
		}
	}

	private static String chunk(int size) {
		return (size > 0) ? Integer.toHexString(size).toLowerCase(Locale.ROOT) + "\r\n" + "x".repeat(size) + "\r\n"
				: "";
	}

}
