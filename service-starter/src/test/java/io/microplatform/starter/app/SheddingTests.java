package io.microplatform.starter.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.token.TokenProperties;
import io.microplatform.starter.overload.InProgress;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.TestTokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A service that processes ten requests at a time.
 */
@ServiceTest
@TestPropertySource(properties = "platform.overload.max-in-progress=10")
@Import({ TestTokens.class, SheddingTests.Held.class })
@ExtendWith(OutputCaptureExtension.class)
class SheddingTests {

	private static final int MAXIMUM = 10;

	private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319d";

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final int port;

	private final int managementPort;

	private final Held held;

	private final MeterRegistry meters;

	private final String authorization;

	SheddingTests(@LocalServerPort int port, @LocalManagementPort int managementPort, Held held, MeterRegistry meters,
			TokenProperties tokens) {
		this.port = port;
		this.managementPort = managementPort;
		this.held = held;
		this.meters = meters;
		this.authorization = "Authorization: " + TestTokens.bearer(7, tokens);
	}

	@AfterEach
	void everythingEnds() {
		await().until(() -> {
			this.held.mayEnd.release(this.held.mayEnd.getQueueLength());
			return inProgress() == 0;
		});
		this.threads.close();
		this.held.mayEnd.drainPermits();
	}

	@Test
	void answersARequestAboveTheLimitAtOnce(CapturedOutput output) throws Exception {
		double shed = shed();
		List<Future<RawCall>> first = send("/held");
		await().until(() -> inProgress() == MAXIMUM);

		RawCall answer = RawCall.send(this.port, "GET /open",
				List.of("traceparent: 00-" + TRACE_ID + "-b7ad6b7169203331-00"));
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.traceId()).isEqualTo(TRACE_ID);
		assertThat(answer.text()).contains("\r\nRetry-After: 1\r\n", "application/problem+json",
				"\"type\":\"/problems/unavailable\"", "\"title\":\"Service unavailable\"", "\"status\":503",
				"\"detail\":\"The instance is overloaded. The request had no effect; try again in 1 s.\"");
		assertThat(shed()).isEqualTo(shed + 1);
		assertThat(output.getAll()).doesNotContain(TRACE_ID);

		this.held.mayEnd.release(MAXIMUM);
		for (Future<RawCall> call : first) {
			assertThat(call.get().status()).isEqualTo(200);
		}
		await().until(() -> inProgress() == 0);
		assertThat(status("/open")).isEqualTo(200);
	}

	@Test
	void precedesAuthenticationAndLeavesTheManagementPortAlone() throws Exception {
		send("/held");
		await().until(() -> inProgress() == MAXIMUM);

		assertThat(RawCall.send(this.port, "GET /who", List.of()).status()).isEqualTo(503);
		assertThat(RawCall.send(this.managementPort, "GET /actuator/health/readiness", List.of()).status())
			.isEqualTo(200);
	}

	@Test
	void doesNotCountRequestsThatWait() throws Exception {
		List<Future<RawCall>> waiting = send("/waiting");
		await().until(() -> this.held.mayEnd.getQueueLength() == MAXIMUM);

		assertThat(inProgress()).isZero();
		assertThat(status("/open")).isEqualTo(200);

		this.held.mayEnd.release(MAXIMUM);
		for (Future<RawCall> call : waiting) {
			assertThat(call.get().status()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/defect", "/away", "/nothing", "/who", "/waiting/fails" })
	void endsWithEachRequestHoweverItEnds(String path) throws Exception {
		for (int i = 0; i < 2 * MAXIMUM; i++) {
			status(path);
		}
		await().until(() -> inProgress() == 0);
	}

	/** As many requests as may be in progress. */
	private List<Future<RawCall>> send(String path) {
		List<Future<RawCall>> calls = new ArrayList<>();
		for (int i = 0; i < MAXIMUM; i++) {
			calls.add(this.threads.submit(() -> RawCall.send(this.port, "GET " + path, List.of(this.authorization))));
		}
		return calls;
	}

	private int status(String path) throws IOException {
		return RawCall.send(this.port, "GET " + path, List.of(this.authorization)).status();
	}

	private double inProgress() {
		return this.meters.get("requests.in.progress").gauge().value();
	}

	private double shed() {
		return this.meters.get("requests.shed").counter().count();
	}

	/**
	 * Calls that last until the test ends them.
	 */
	@RestController
	static class Held {

		final Semaphore mayEnd = new Semaphore(0);

		private final InProgress requests;

		Held(InProgress requests) {
			this.requests = requests;
		}

		@GetMapping("/held")
		String held() {
			this.mayEnd.acquireUninterruptibly();
			return "held";
		}

		@GetMapping("/waiting")
		String waiting() {
			return this.requests.whileReleased(this::held);
		}

		@GetMapping("/waiting/fails")
		String failing() {
			return this.requests.whileReleased(() -> {
				throw new IllegalStateException("fails");
			});
		}

	}

}
