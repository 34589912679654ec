package io.microplatform.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.microplatform.cli.StandInCheckout.Output;
import io.microplatform.local.process.Command;
import io.microplatform.local.process.DetachedLauncher;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.RunRecords;
import io.microplatform.local.process.RunningProcess;
import io.microplatform.local.process.Shutdown;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * On a gateway that is this test and knows its users by heart.
 */
class TokenTests {

	private final Map<String, String> passwords = new ConcurrentHashMap<>();

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path root;

	@SuppressWarnings("NullAway.Init") // started before each
	private HttpServer gateway;

	private @Nullable RunningProcess onRecord;

	@BeforeEach
	void start() throws IOException {
		this.gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.gateway.createContext("/login", this::login);
		this.gateway.createContext("/users", this::register);
		this.gateway.start();
	}

	@AfterEach
	void stop() {
		this.gateway.stop(0);
		if (this.onRecord != null) {
			this.onRecord.kill();
		}
	}

	private void login(HttpExchange exchange) throws IOException {
		JsonNode body = JsonMapper.shared().readTree(exchange.getRequestBody());
		String email = body.get("email").asString();
		boolean known = body.get("password").asString().equals(this.passwords.get(email));
		answer(exchange, known ? 200 : 401, known ? "{\"access_token\":\"token of %s\"}".formatted(email)
				: "{\"detail\":\"The e-mail or the password is wrong.\"}");
	}

	private void register(HttpExchange exchange) throws IOException {
		JsonNode body = JsonMapper.shared().readTree(exchange.getRequestBody());
		boolean known = this.passwords.putIfAbsent(body.get("email").asString(),
				body.get("password").asString()) != null;
		answer(exchange, known ? 409 : 201, "{}");
	}

	private static void answer(HttpExchange exchange, int status, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(status, bytes.length);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

	/** Puts a process on record as the gateway that this test is. */
	private void standIn() throws IOException {
		int port = this.gateway.getAddress().getPort();
		this.onRecord = launcher().launch(
				new Instance(Plan.GATEWAY, Plan.GATEWAY, port, null, "http://127.0.0.1:" + port, null, null),
				new Command(List.of("sleep", "60"), Map.of(), this.root), Shutdown.USUAL);
	}

	private DetachedLauncher launcher() {
		return new DetachedLauncher(new RunRecords(this.root.resolve(".platform/run")),
				this.root.resolve(".platform/logs"));
	}

	@Test
	void theDemoUserIsRegisteredOnce() throws IOException {
		standIn();
		for (int time = 0; time < 2; time++) {
			Output token = run("token");
			assertThat(token.err()).isEmpty();
			assertThat(token.out()).isEqualTo("token of demo@example.org\n");
			assertThat(token.code()).isZero();
		}
		assertThat(this.root.resolve(".platform/secrets.env")).content()
			.contains("PLATFORM_DEMO_PASSWORD=" + this.passwords.get("demo@example.org"));
	}

	@Test
	void anybodyWhoKnowsThePasswordGetsOne() throws IOException {
		standIn();
		this.passwords.put("ada@example.org", "correct horse");
		assertThat(run("token", "ada@example.org", "correct horse").out()).isEqualTo("token of ada@example.org\n");
	}

	@Test
	void aWrongPasswordIsAnsweredOnStandardError() throws IOException {
		standIn();
		assertRefused("the login was answered 401: The e-mail or the password is wrong.", "token", "ada@example.org",
				"-wrong");
	}

	@Test
	void aDemoUserWithAnotherPasswordIsSaid() throws IOException {
		standIn();
		this.passwords.put("demo@example.org", "another password");
		assertRefused("./platform token EMAIL PASSWORD", "token");
	}

	@Test
	void aGatewayThatDoesNotAnswerIsSaid() throws IOException {
		standIn();
		this.gateway.stop(0);
		assertRefused("api-gateway does not answer", "token");
	}

	@Test
	void withoutAPlatformThereIsNoToken() {
		assertRefused("./platform up", "token");
		assertThat(this.root.resolve(".platform")).doesNotExist();
	}

	private void assertRefused(String reason, String... line) {
		Output output = run(line);
		assertThat(output.out()).isEmpty();
		assertThat(output.err()).startsWith("platform: ").contains(reason).hasLineCount(1);
		assertThat(output.code()).isOne();
	}

	private Output run(String... arguments) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		int code = new Platform(this.root, Map.of(), new PrintStream(out, true, StandardCharsets.UTF_8),
				new PrintStream(err, true, StandardCharsets.UTF_8))
			.run(List.of(arguments), Instant.now());
		return new Output(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
	}

}
