package io.microplatform.local.setup;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

import io.microplatform.local.file.AtomicFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request to the config server to roll out its directory. Prints the result of each
 * instance, and fails unless every instance runs with the version.
 */
final class ConfigurationRefresh {

	private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(2);

	/** For the validation, two waves, and retries of instances that do not answer. */
	private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(60);

	private final String url;

	private final Path password;

	private final PrintStream out;

	ConfigurationRefresh(Map<String, String> environment, PrintStream out) {
		this.url = environment.getOrDefault("PLATFORM_SETUP_CONFIG", "http://config-server:8888");
		this.password = Path.of(environment.getOrDefault("PLATFORM_SETUP_SECRETS", "/run/secrets"))
			.resolve("PLATFORM_CONFIG_PASSWORD");
		this.out = out;
	}

	void run() throws IOException {
		JsonNode report = report();
		report.path("notes")
			.forEach((note) -> this.out.printf(Locale.ROOT, "note: %s %s%n", text(note, "file"), text(note, "text")));
		report.path("instances")
			.forEach((instance) -> this.out.printf(Locale.ROOT, "%s: %s%n", text(instance, "instance"),
					text(instance, "result").toLowerCase(Locale.ROOT)));
		String outcome = text(report, "outcome");
		if (!outcome.equals("DONE")) {
			StringBuilder problems = new StringBuilder();
			report.path("problems")
				.forEach((problem) -> problems.append("; ")
					.append(text(problem, "property"))
					.append(' ')
					.append(text(problem, "message")));
			throw new IOException("configuration %s: %s%s".formatted(text(report, "version"),
					outcome.toLowerCase(Locale.ROOT).replace('_', ' '), problems));
		}
		this.out.printf(Locale.ROOT, "every instance runs with configuration %s%n", text(report, "version"));
	}

	private static String text(JsonNode node, String name) {
		return node.path(name).asString("").replaceAll("\\s+", " ");
	}

	private JsonNode report() throws IOException {
		String secret = new AtomicFile(this.password).read()
			.orElseThrow(() -> new IOException("there is no " + this.password))
			.strip();
		String credentials = Base64.getEncoder()
			.encodeToString(("platform:" + secret).getBytes(StandardCharsets.UTF_8));
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.url + "/pull"))
			.timeout(ANSWERS_WITHIN)
			.header("Authorization", "Basic " + credentials)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"by\":\"operator\",\"how\":\"refresh\"}"))
			.build();
		try (HttpClient client = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(CONNECTS_WITHIN)
			.build()) {
			HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
			return switch (response.statusCode()) {
				case 200 -> JsonMapper.shared().readTree(response.body());
				case 409 -> throw new IOException("another rollout is in progress: try again when it has ended");
				case 503 -> throw new IOException("config-server has not published a version yet: see its log");
				default -> throw new IOException(String.format(Locale.ROOT,
						"config-server at %s answered %d: see its log", this.url, response.statusCode()));
			};
		}
		// Without a message, if the connection is refused or the name is unknown.
		catch (ConnectException | HttpTimeoutException ex) {
			throw new IOException("config-server does not answer at " + this.url, ex);
		}
		catch (JacksonException ex) {
			throw new IOException("the answer of config-server at %s is not a report".formatted(this.url), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
	}

}
