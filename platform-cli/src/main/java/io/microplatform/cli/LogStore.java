package io.microplatform.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.microplatform.local.process.Instance;
import io.microplatform.local.process.Launcher;
import io.microplatform.local.server.StateDirectory;

/**
 * The server that indexes the log lines. It is ready when it also has the index template,
 * from which every index is created.
 */
final class LogStore extends ObservabilityProcess {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final int LONGEST_REASON = 200;

	private final Path template;

	LogStore(Instance instance, Path program, List<String> arguments, StateDirectory state, Launcher launcher,
			Path template) {
		super(instance, program, arguments, Map.of(), state, launcher);
		this.template = template;
	}

	/** The URL of the index template on a server. */
	static String templateOf(Instance server) {
		return server.url() + "/_index_template/platform-logs";
	}

	@Override
	protected void provision() throws IOException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(templateOf(instance())))
			.timeout(TIMEOUT)
			.header("Content-Type", "application/json")
			.PUT(BodyPublishers.ofFile(this.template))
			.build();
		try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
			HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
			if (response.statusCode() >= 300) {
				String reason = response.body();
				throw new IOException(
						String.format(Locale.ROOT, "%s refuses %s: status %d, %s", instance().instance(), this.template,
								response.statusCode(), reason.substring(0, Math.min(LONGEST_REASON, reason.length()))));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
	}

}
