package io.microplatform.config.refresh;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

import io.microplatform.instance.configuration.Report;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Asks an instance itself, at its management port. Thread-safe.
 */
@Component
class DirectLine {

	/** A check makes the instance read what its jars say of their properties, once. */
	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(1))
		.build();

	private final JsonMapper json;

	private final String password;

	DirectLine(JsonMapper json, @Value("${platform.config.password}") String password) {
		this.json = json;
		this.password = password;
	}

	/**
	 * Asks whether the instance would take a version.
	 * @throws IOException when it does not answer
	 */
	Report check(Instance instance, String version) throws IOException, InterruptedException {
		return ask(instance, Map.of("version", version, "password", this.password));
	}

	/**
	 * Asks the instance to take the published version.
	 * @throws IOException when it does not answer
	 */
	Report take(Instance instance) throws IOException, InterruptedException {
		return ask(instance, Map.of("password", this.password));
	}

	private Report ask(Instance instance, Map<String, String> question) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(instance.endpoint())
			.timeout(PATIENCE)
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(this.json.writeValueAsString(question)))
			.build();
		HttpResponse<String> response = this.http.send(request, BodyHandlers.ofString());
		if (response.statusCode() != 200) {
			throw new IOException(
					String.format(Locale.ROOT, "%s answers %d", instance.endpoint(), response.statusCode()));
		}
		try {
			return this.json.readValue(response.body(), Report.class);
		}
		catch (JacksonException ex) {
			throw new IOException("%s answers what is no report".formatted(instance.endpoint()), ex);
		}
	}

}
