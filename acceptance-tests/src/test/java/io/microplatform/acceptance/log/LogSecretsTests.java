package io.microplatform.acceptance.log;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.platform.PrivatePlatform;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import static io.microplatform.lab.platform.TargetPlatform.freshEmail;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no log contains a secret, a password, a token or an e-mail address. Runs
 * last, so that it also covers the log lines of all other tests.
 */
@AcceptanceTest
@Order(Order.DEFAULT + 2)
class LogSecretsTests {

	private static final Pattern EMAIL = Pattern.compile("[\\w.+-]+@example\\.org");

	/** The beginnings of the header and the payload of a token in base64. */
	private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]{8,}\\.eyJ[\\w-]{8,}");

	private static final int SHORTEST_SECRET = 12;

	private final PrivatePlatform platform;

	LogSecretsTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	@Test
	void containNeitherSecretsNorAddresses() throws IOException {
		String password = "swordfish-" + UUID.randomUUID();
		ClientAccount ann = this.platform.signUp("Ann");
		abuse(ann, password);
		List<String> secrets = new ArrayList<>(List.of(password, ann.password(), ann.token()));
		secrets.addAll(secrets());
		List<String> found = new ArrayList<>();
		try (Stream<Path> logs = Files.list(this.platform.state().resolve("logs"))) {
			for (Path log : logs.filter(Files::isRegularFile).toList()) {
				try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
					lines
						.filter((line) -> EMAIL.matcher(line).find() || TOKEN.matcher(line).find()
								|| secrets.stream().anyMatch(line::contains))
						.forEach((line) -> found.add(log.getFileName() + ": " + line));
				}
			}
		}
		assertThat(found).isEmpty();
	}

	/**
	 * Sends requests with a password in places where it belongs, and where it does not.
	 */
	private void abuse(ClientAccount ann, String password) {
		PlatformClient guest = this.platform.guest();
		guest.login(ann.email(), password);
		guest.login(freshEmail("unknown"), password);
		guest.register("Ann", ann.email(), password);
		guest.register("", "no address " + password, password);
		guest.register("x".repeat(500), freshEmail("x"), "short");
		guest.post("/login", "{\"email\":\"%s\",\"password\":\"%s\"".formatted(ann.email(), password));
		guest.post("/login", "{\"email\":[\"%s\"],\"password\":{\"%s\":1}}".formatted(ann.email(), password));
		guest.get("/users?email=%s&password=%s".formatted(ann.email(), password));
		guest.withToken(password).me();
		guest.withToken(ann.token() + "x").me();
		guest.withToken(ann.token()).placeOrder(password, new BigDecimal("-1"));
		guest.withToken(ann.token()).placeOrder("tea", BigDecimal.ONE, password + "\"");
		guest.send(guest.request("/users/me")
			.header("Authorization", "Basic " + password)
			.header("Cookie", "password=" + password));
	}

	private List<String> secrets() throws IOException {
		return Files.readAllLines(this.platform.state().resolve("secrets.env"))
			.stream()
			.filter((line) -> line.contains("="))
			.map((line) -> line.substring(line.indexOf('=') + 1))
			.filter((secret) -> secret.length() >= SHORTEST_SECRET)
			.toList();
	}

}
