package io.microplatform.config.git;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.jayway.jsonpath.JsonPath;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Versions from a repository on this machine. The registry is unavailable, so there are
 * no instances: {@code RolloutTests} has them.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "platform.config.password=" + GitTests.PASSWORD,
				"platform.discovery.uri=http://127.0.0.1:1/eureka/",
				"platform.discovery.password=another-password-for-tests",
				"platform.config.git.webhook-secret=" + GitTests.SECRET, "platform.config.git.directory=config" })
class GitTests {

	static final String PASSWORD = "a-password-for-tests";

	static final String SECRET = "a-webhook-secret-for-tests";

	@TempDir
	private static Path directory;

	private static String first = "";

	private final HttpClient client = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void repository(DynamicPropertyRegistry registry) throws GitAPIException, IOException {
		try (Git git = Git.init().setInitialBranch("main").setDirectory(work().toFile()).call()) {
			first = commit(git, "1");
			Git.cloneRepository().setBare(true).setURI(work().toString()).setDirectory(bare().toFile()).call().close();
		}
		registry.add("platform.config.git.uri", () -> bare().toString());
		registry.add("platform.config.snapshots", () -> directory.resolve("snapshots"));
	}

	private static Path work() {
		return directory.resolve("work");
	}

	private static Path bare() {
		return directory.resolve("repository.git");
	}

	private static String commit(Git git, String value) throws GitAPIException, IOException {
		Path config = Files.createDirectories(work().resolve("config"));
		Files.writeString(config.resolve("application.yml"), "a: " + value + "\n");
		Files.writeString(work().resolve("other.yml"), "b: not configuration\n");
		git.add().addFilepattern(".").call();
		git.add().setUpdate(true).addFilepattern(".").call();
		RevCommit commit = git.commit()
			.setMessage("a is " + value)
			.setAuthor("Ann", "ann@example.org")
			.setCommitter("Ann", "ann@example.org")
			.setSign(false)
			.call();
		return commit.name();
	}

	@BeforeEach
	void theFirstVersionIsServed() throws Exception {
		long end = System.nanoTime() + 20_000_000_000L;
		while (served().statusCode() != 200 && System.nanoTime() < end) {
			Thread.onSpinWait();
		}
		pushed(first, "main");
		assertThat(version()).isEqualTo(first);
	}

	@Test
	void aPushIsServed() throws Exception {
		String second = push("2");
		HttpResponse<String> answer = pushed(second, "main");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(JsonPath.<String>read(answer.body(), "$.outcome")).isEqualTo("DONE");
		assertThat(version()).isEqualTo(second);
		assertThat(served().body()).contains("\"a\":2").doesNotContain("not configuration");
		assertThat(send(known("/history")).body()).contains(second, "\"by\":\"ann\"");
	}

	@Test
	void aCommitIsServedWithoutLaterOnes() throws Exception {
		String second = push("2");
		push("3");
		pushed(second, "main");
		assertThat(version()).isEqualTo(second);
	}

	@Test
	void theNewestCommitIsServedOnRequest() throws Exception {
		String second = push("2");
		String wish = "{\"by\":\"bob\",\"how\":\"refresh\"}";
		HttpRequest.Builder unknown = HttpRequest.newBuilder(uri("/pull"));
		assertThat(send(posting(unknown, wish)).statusCode()).isEqualTo(401);
		assertThat(send(posting(known("/pull"), "{}")).statusCode()).isEqualTo(400);
		assertThat(version()).isEqualTo(first);
		assertThat(send(posting(known("/pull"), wish)).statusCode()).isEqualTo(200);
		assertThat(version()).isEqualTo(second);
		assertThat(send(known("/history")).body()).contains(second, "\"by\":\"bob\"");
	}

	@Test
	void anUnsignedDeliveryIsRefused() throws Exception {
		String body = body(push("2"), "main");
		assertThat(send(webhook(body, "")).statusCode()).isEqualTo(401);
		assertThat(send(webhook(body, "sha256=" + sign(body + " "))).statusCode()).isEqualTo(401);
		assertThat(version()).isEqualTo(first);
	}

	@Test
	void aPushToAnotherBranchIsIgnored() throws Exception {
		assertThat(pushed(push("2"), "next").statusCode()).isEqualTo(204);
		assertThat(version()).isEqualTo(first);
	}

	@Test
	void anUnknownCommitIsRefused() throws Exception {
		assertThat(pushed("0".repeat(40), "main").statusCode()).isEqualTo(422);
		assertThat(pushed("../../etc", "main").statusCode()).isEqualTo(422);
		assertThat(version()).isEqualTo(first);
	}

	@Test
	void invalidYamlIsRefused() throws Exception {
		HttpResponse<String> answer = pushed(push("[1"), "main");
		assertThat(JsonPath.<String>read(answer.body(), "$.outcome")).isEqualTo("REFUSED");
		assertThat(answer.body()).contains("application.yml");
		assertThat(version()).isEqualTo(first);
	}

	@Test
	void aFileThatIsNotUtf8IsRefusedWithItsLine() throws Exception {
		Path other = work().resolve("config/order-service.yml");
		Files.write(other, "a: 1\nb: J\u00fcrgen\n".getBytes(StandardCharsets.ISO_8859_1));
		try {
			HttpResponse<String> answer = pushed(push("2"), "main");
			assertThat(JsonPath.<String>read(answer.body(), "$.outcome")).isEqualTo("REFUSED");
			assertThat(answer.body()).contains("order-service.yml", "line 2 is not UTF-8");
			assertThat(version()).isEqualTo(first);
		}
		finally {
			Files.delete(other);
		}
	}

	@Test
	void aFileThatIsNotReadIsNamed() throws Exception {
		Path other = work().resolve("config/order-service.yaml");
		Files.writeString(other, "a: 1\n");
		try {
			HttpResponse<String> answer = pushed(push("2"), "main");
			assertThat(JsonPath.<String>read(answer.body(), "$.outcome")).isEqualTo("DONE");
			assertThat(JsonPath.<String>read(answer.body(), "$.notes[0].file")).isEqualTo("order-service.yaml");
		}
		finally {
			Files.delete(other);
		}
	}

	@Test
	void theSnapshotIsServedWhileTheRepositoryIsUnavailable() throws Exception {
		Path away = directory.resolve("away.git");
		Files.move(bare(), away);
		try {
			assertThat(version()).isEqualTo(first);
			assertThat(pushed("1".repeat(40), "main").statusCode()).isEqualTo(503);
			assertThat(send(posting(known("/pull"), "{\"by\":\"bob\",\"how\":\"refresh\"}")).statusCode())
				.isEqualTo(503);
			assertThat(version()).isEqualTo(first);
		}
		finally {
			Files.move(away, bare());
		}
	}

	private static String push(String value) throws GitAPIException, IOException {
		try (Git git = Git.open(work().toFile())) {
			String commit = commit(git, value);
			git.push().setRemote(bare().toString()).add("main").setForce(true).call();
			return commit;
		}
	}

	private HttpResponse<String> pushed(String commit, String branch) throws Exception {
		String body = body(commit, branch);
		return send(webhook(body, "sha256=" + sign(body)));
	}

	private static String body(String commit, String branch) {
		return "{\"ref\":\"refs/heads/%s\",\"after\":\"%s\",\"pusher\":{\"name\":\"ann\"}}".formatted(branch, commit);
	}

	private static String sign(String body) throws GeneralSecurityException {
		Mac mac = Mac.getInstance("HmacSHA256");
		mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
		return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
	}

	private HttpRequest.Builder webhook(String body, String signature) {
		return posting(HttpRequest.newBuilder(uri("/webhook")).header("X-Hub-Signature-256", signature), body);
	}

	private static HttpRequest.Builder posting(HttpRequest.Builder request, String body) {
		return request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
	}

	/** The commit that is served. */
	private String version() throws Exception {
		String version = JsonPath.read(served().body(), "$.version");
		assertThat(version).matches("[0-9a-f]{40}-[0-9a-f]{12}");
		return version.substring(0, 40);
	}

	private HttpResponse<String> served() throws Exception {
		return send(known("/user-service/default"));
	}

	private HttpRequest.Builder known(String path) {
		String credentials = Base64.getEncoder()
			.encodeToString(("platform:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
		return HttpRequest.newBuilder(uri(path)).header("Authorization", "Basic " + credentials);
	}

	private URI uri(String path) {
		return URI.create("http://localhost:" + this.port + path);
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

}
