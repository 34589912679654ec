package io.microplatform.acceptance.configuration;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.microplatform.acceptance.fixture.FullRun;
import io.microplatform.lab.platform.CommandOutput;
import io.microplatform.lab.platform.ConfigRepository;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.RunningPlatform;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a platform whose configuration comes from a Git repository, including an
 * outage of the repository.
 */
@FullRun
class GitPlatformTests {

	private static final String USER = "user-service";

	private static final String ORDER = "order-service";

	@TempDir
	private Path directory;

	@Test
	void refreshesFromGitAndRunsWithoutIt() throws Exception {
		Path root = Path.of(Objects.requireNonNull(System.getProperty("platform.root"))).toAbsolutePath();
		Path work = ConfigRepository.copyOf(root, this.directory.resolve("work")).directory();
		Path repository = this.directory.resolve("repository.git");
		Git.init().setBare(true).setInitialBranch("main").setDirectory(repository.toFile()).call().close();
		try (Git git = Git.init().setInitialBranch("main").setDirectory(work.toFile()).call();
				PrivatePlatform platform = start(root, repository, commit(git, repository))) {
			String second = change(git, repository, "platform.orders.max-amount: 5.00");
			assertThat(push(platform, second).statusCode()).isEqualTo(200);
			assertThat(versions(platform)).containsExactly(second);
			assertThat(platform.signUp("Ann").client().placeOrder("spoon", new BigDecimal("5.01"))).isProblem(422)
				.namesField("amount");

			String third = change(git, repository, "platform.orders.max-amount: 6.00");
			assertThat(platform.run("refresh").exitCode()).isZero();
			assertThat(versions(platform)).containsExactly(third);

			Files.move(repository, this.directory.resolve("away.git"));
			CommandOutput refused = platform.run("refresh");
			assertThat(refused.exitCode()).isOne();
			assertThat(refused.lastLine()).contains("Git repository does not answer");
			platform.scale(ORDER, 2);
			platform.restart(USER);
			platform.process("config-server").kill();
			platform.up();
			platform.restart(ORDER);
			assertThat(versions(platform)).containsExactly(third);
			assertThat(platform.signUp("Bob").client().placeOrder("spoon", new BigDecimal("5.01"))).isJson(201);
		}
	}

	private PrivatePlatform start(Path root, Path repository, String version) {
		PrivatePlatform platform = PrivatePlatform.start(root, this.directory.resolve("state"),
				Map.of("PLATFORM_CONFIG_GIT_URI", repository.toString()));
		assertThat(versions(platform)).containsExactly(version);
		return platform;
	}

	/** Appends properties to the file of order-service, and commits and pushes it. */
	private static String change(Git git, Path repository, String properties) throws GitAPIException, IOException {
		Path file = git.getRepository().getWorkTree().toPath().resolve(ORDER + ".yml");
		Files.writeString(file, "\n---\n" + properties + "\n", StandardOpenOption.APPEND);
		return commit(git, repository);
	}

	private static String commit(Git git, Path repository) throws GitAPIException {
		git.add().addFilepattern(".").call();
		String commit = git.commit()
			.setMessage("configuration")
			.setAuthor("Ann", "ann@example.org")
			.setCommitter("Ann", "ann@example.org")
			.setSign(false)
			.call()
			.name();
		git.push().setRemote(repository.toString()).add("main").call();
		return commit;
	}

	/** Sends the webhook of a push. */
	private static HttpResponse<String> push(PrivatePlatform platform, String commit) throws Exception {
		String body = "{\"ref\":\"refs/heads/main\",\"after\":\"%s\",\"pusher\":{\"name\":\"ann\"}}".formatted(commit);
		HttpRequest request = HttpRequest
			.newBuilder(URI.create(platform.processes().recordOf("config-server").url() + "/webhook"))
			.header("Content-Type", "application/json")
			.header("X-Hub-Signature-256",
					"sha256=" + sign(body, platform.processes().secret("PLATFORM_CONFIG_GIT_WEBHOOK_SECRET")))
			.POST(BodyPublishers.ofString(body))
			.build();
		try (HttpClient client = HttpClient.newHttpClient()) {
			return client.send(request, BodyHandlers.ofString());
		}
	}

	private static String sign(String body, String secret) throws GeneralSecurityException {
		Mac mac = Mac.getInstance("HmacSHA256");
		mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
		return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
	}

	/** Returns the commits of the configurations that the instances report. */
	private static Set<String> versions(PrivatePlatform platform) {
		return Stream.of("api-gateway", USER, ORDER)
			.flatMap((service) -> platform.processes().instancesOf(service).stream())
			.map(RunningPlatform::configurationOf)
			.map((version) -> version.replaceAll("-[0-9a-f]{12}$", ""))
			.collect(Collectors.toSet());
	}

}
