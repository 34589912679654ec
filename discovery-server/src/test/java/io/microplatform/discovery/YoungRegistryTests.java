package io.microplatform.discovery;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A registry that has just started and stays young for as long as the test takes.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "platform.discovery.password=" + YoungRegistryTests.PASSWORD,
				"eureka.server.wait-time-in-ms-when-sync-empty=3600000" })
class YoungRegistryTests {

	static final String PASSWORD = "a-password-for-tests";

	private final HttpClient client = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@ValueSource(strings = { "/eureka/apps/", "/eureka/apps/delta" })
	void refusesToShowAnEmptyRegistry(String path) throws Exception {
		assertThat(status(request(path))).isEqualTo(403);
	}

	@Test
	void acceptsRegistrations() throws Exception {
		assertThat(status(request("/eureka/apps/USER-SERVICE/of-before").PUT(BodyPublishers.noBody())))
			.as("renewal of an instance that is not known")
			.isEqualTo(404);
		assertThat(status(request("/eureka/apps/USER-SERVICE").header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(DiscoveryServerTests.INSTANCE)))).isEqualTo(204);
	}

	private HttpRequest.Builder request(String path) {
		String credentials = Base64.getEncoder()
			.encodeToString(("platform:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.header("Authorization", "Basic " + credentials);
	}

	private int status(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.client.send(request.build(), BodyHandlers.discarding()).statusCode();
	}

}
