package io.microplatform.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An HTTP client of the gateway.
 *
 * @param url of the gateway
 */
record GatewayClient(String url) {

	private static final Duration CONNECT_TAKES_AT_MOST = Duration.ofSeconds(2);

	/** More than the gateway gives a service. */
	private static final Duration ANSWER_TAKES_AT_MOST = Duration.ofSeconds(15);

	/**
	 * Posts JSON and returns the answer, whatever its status.
	 * @throws CommandFailedException when there is none
	 */
	Answer post(String path, Map<String, String> body) throws CommandFailedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.url + path))
			.timeout(ANSWER_TAKES_AT_MOST)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))
			.build();
		try (HttpClient client = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(CONNECT_TAKES_AT_MOST)
			.build()) {
			HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
			return new Answer(response.statusCode(), response.body());
		}
		catch (IOException ex) {
			throw new CommandFailedException(
					"api-gateway does not answer at %s (%s): `./platform status` shows what runs".formatted(this.url,
							ex.getClass().getSimpleName()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new CommandFailedException("interrupted");
		}
	}

	/**
	 * What the platform answered.
	 */
	record Answer(int status, String body) {

		/** A field of the answer, empty when it has none of that name. */
		String field(String name) {
			try {
				JsonNode value = JsonMapper.shared().readTree(this.body).path(name);
				return value.isString() ? value.stringValue() : "";
			}
			catch (JacksonException notJson) {
				return "";
			}
		}

		/** Says what was answered instead of what was asked for. */
		CommandFailedException failure(String what) {
			String detail = field("detail").replaceAll("\\s+", " ").strip();
			return new CommandFailedException(String.format(Locale.ROOT, "%s was answered %d%s", what, this.status,
					detail.isEmpty() ? "; `./platform status` shows what runs" : ": " + detail));
		}

	}

}
