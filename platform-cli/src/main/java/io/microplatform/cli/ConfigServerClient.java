package io.microplatform.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An HTTP client of the config servers that uses the first one that answers.
 *
 * @param urls of those that run
 * @param password that they ask for
 */
record ConfigServerClient(List<String> urls, String password) {

	private static final Duration CONNECT_TAKES_AT_MOST = Duration.ofSeconds(2);

	/** For the validation, two waves, and retries of instances that do not answer. */
	private static final Duration ANSWER_TAKES_AT_MOST = Duration.ofSeconds(60);

	private static final String PULL = "/pull";

	JsonNode history() throws CommandFailedException {
		return ask("/history", null);
	}

	JsonNode refresh(String version, String by, String how) throws CommandFailedException {
		return ask("/refresh", Map.of("version", version, "by", by, "how", how));
	}

	/** Rolls out the newest commit of the config server's Git repository. */
	JsonNode pull(String by, String how) throws CommandFailedException {
		return ask(PULL, Map.of("by", by, "how", how));
	}

	private JsonNode ask(String path, @Nullable Map<String, String> body) throws CommandFailedException {
		IOException last = new IOException("none runs");
		for (String url : this.urls) {
			try {
				return ask(URI.create(url + path), body);
			}
			catch (IOException ex) {
				last = ex;
			}
		}
		throw new CommandFailedException("config-server does not answer at %s (%s): `./platform status` shows what runs"
			.formatted(String.join(", ", this.urls), last.getClass().getSimpleName()));
	}

	/** Why the config server refuses, in its own words. */
	private static String refusal(String body) {
		try {
			return "the Git repository cannot be used: " + Printable
				.line(JsonMapper.shared().readTree(body).path("detail").stringValue("it does not say why"));
		}
		catch (JacksonException ex) {
			return "the Git repository cannot be used; `./platform logs config-server` says why";
		}
	}

	/** Whether there never was such a version, or it was deleted. */
	private static String unknown(String body) {
		String usual = "the config server has no such version";
		try {
			return Printable.line(JsonMapper.shared().readTree(body).path("detail").stringValue(usual));
		}
		catch (JacksonException ex) {
			return usual;
		}
	}

	private JsonNode ask(URI url, @Nullable Map<String, String> body) throws IOException, CommandFailedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(url)
			.timeout(ANSWER_TAKES_AT_MOST)
			.header("Authorization",
					"Basic " + Base64.getEncoder()
						.encodeToString(("platform:" + this.password).getBytes(StandardCharsets.UTF_8)))
			.header("Content-Type", "application/json");
		if (body != null) {
			request.POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)));
		}
		try (HttpClient client = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(CONNECT_TAKES_AT_MOST)
			.build()) {
			HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
			return switch (response.statusCode()) {
				case 200 -> JsonMapper.shared().readTree(response.body());
				case 404 -> throw new CommandFailedException(url.getPath().equals(PULL)
						? "the config server takes no versions from Git: `./platform down`, then `up` with the same variables"
						: unknown(response.body()) + "; `./platform refresh --list` shows the versions on record");
				case 409 ->
					throw new CommandFailedException("another rollout is in progress: try again when it has ended");
				case 422 -> throw new CommandFailedException(refusal(response.body()));
				case 503 -> throw new CommandFailedException(
						"the Git repository does not answer: what is published stays, try again when it does");
				default -> throw new CommandFailedException(String.format(Locale.ROOT,
						"config-server answered %d: `./platform logs config-server` says why", response.statusCode()));
			};
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new CommandFailedException("interrupted");
		}
	}

}
