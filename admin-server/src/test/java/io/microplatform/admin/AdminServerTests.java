package io.microplatform.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "platform.admin-server.password=" + AdminServerTests.PASSWORD,
				"platform.management.password=" + AdminServerTests.MANAGEMENT_PASSWORD,
				"platform.discovery.password=a-password-for-tests",
				"platform.links.zipkin=http://127.0.0.1:19411/zipkin/", "platform.links.grafana=" })
class AdminServerTests {

	static final String PASSWORD = "a-password-of-an-administrator";

	static final String MANAGEMENT_PASSWORD = "a-password-of-actuators";

	private static final Duration SHOWN_WITHIN = Duration.ofSeconds(15);

	/** A registry whose actuator requires the management password. */
	private static final HttpServer REGISTRY = registry();

	private final HttpClient client = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	private static HttpServer registry() {
		try {
			HttpServer registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			registry.createContext("/actuator", AdminServerTests::answer).setAuthenticator(new BasicAuthenticator("x") {

				@Override
				public boolean checkCredentials(String username, String password) {
					return username.equals("management") && password.equals(MANAGEMENT_PASSWORD);
				}

			});
			registry.start();
			return registry;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void answer(HttpExchange exchange) throws IOException {
		byte[] body = "{\"status\":\"UP\"}".getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().add("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, body.length);
		try (exchange) {
			exchange.getResponseBody().write(body);
		}
	}

	@DynamicPropertySource
	static void registry(DynamicPropertyRegistry properties) {
		properties.add("platform.discovery.uri",
				() -> "http://127.0.0.1:" + REGISTRY.getAddress().getPort() + "/eureka/,http://127.0.0.1:1/eureka/");
	}

	@AfterAll
	static void stop() {
		REGISTRY.stop(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/instances", "/applications", "/instances/x/actuator/env", "/sba-settings.js",
			"/actuator/env", "/actuator/prometheus", "/assets/x", "/login/x" })
	void showsNothingWithoutThePassword(String path) throws Exception {
		HttpResponse<String> response = send(request(path));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.body()).isEmpty();
		assertThat(send(as("management", MANAGEMENT_PASSWORD, path)).statusCode()).isEqualTo(401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/health/liveness", "/actuator/health/readiness" })
	void probesRequireNoPassword(String path) throws Exception {
		assertThat(send(request(path)).statusCode()).isEqualTo(200);
	}

	@Test
	void redirectsBrowsersToTheLoginForm() throws Exception {
		HttpResponse<String> redirect = send(request("/").header("Accept", "text/html"));
		assertThat(redirect.statusCode()).isEqualTo(302);
		assertThat(redirect.headers().firstValue("Location").orElseThrow()).endsWith("/login");
		HttpResponse<String> form = send(request("/login").header("Accept", "text/html"));
		assertThat(form.statusCode()).isEqualTo(200);
		assertThat(form.body()).contains("name=\"_csrf\"").doesNotContain("<script");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/instances", "/login" })
	void anonymousRequestsCreateNoSession(String path) throws Exception {
		HttpResponse<String> response = send(request(path).header("Accept", "text/html"));
		assertThat(response.headers().allValues("Set-Cookie")).noneMatch((cookie) -> cookie.startsWith("JSESSIONID"));
	}

	@ParameterizedTest
	@CsvSource({ PASSWORD + ",/", "a wrong password,/login?error" })
	void loginFormRequiresThePassword(String password, String target) throws Exception {
		HttpResponse<String> answer = send(request("/login").header("Cookie", "XSRF-TOKEN=token")
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString("_csrf=token&username=" + SecurityConfiguration.USER + "&password="
					+ URLEncoder.encode(password, StandardCharsets.UTF_8))));
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith(this.port + target);
	}

	@Test
	void thePageHasNoInlineScript() throws Exception {
		HttpResponse<String> page = send(known("/").header("Accept", "text/html"));
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("<script").doesNotContainPattern("<script(?![^>]*\\bsrc=)");
		assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow()).contains("script-src 'self';",
				"frame-ancestors 'none'");
		assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
		assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
	}

	@Test
	void linksToRunningPrograms() throws Exception {
		String settings = send(known("/sba-settings.js").header("Accept", "*/*")).body().replace("\\/", "/");
		assertThat(settings).contains("Zipkin", "http://127.0.0.1:19411/zipkin/")
			.doesNotContain("Grafana", PASSWORD, MANAGEMENT_PASSWORD);
	}

	@Test
	void requestsTheHealthOfRegistriesWithTheManagementPassword() {
		String url = "http://127.0.0.1:" + REGISTRY.getAddress().getPort() + "/actuator/health";
		await().atMost(SHOWN_WITHIN)
			.untilAsserted(() -> assertThat(
					send(known("/instances").header("Accept", "application/json")).body().replace("\\/", "/"))
				.contains(url, "\"status\":\"UP\"", "http://127.0.0.1:1/actuator/health")
				.doesNotContain(MANAGEMENT_PASSWORD));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/instances", "/instances/x/actuator/loggers/root", "/notifications/filters" })
	void rejectsWriteRequests(String path) throws Exception {
		HttpRequest.Builder request = known(path).header("Content-Type", "application/json")
			.header("Cookie", "XSRF-TOKEN=token")
			.header("X-XSRF-TOKEN", "token");
		assertThat(send(request.POST(BodyPublishers.ofString("{}"))).statusCode()).isEqualTo(403);
		assertThat(send(request.DELETE()).statusCode()).isEqualTo(403);
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path));
	}

	private HttpRequest.Builder known(String path) {
		return as(SecurityConfiguration.USER, PASSWORD, path);
	}

	private HttpRequest.Builder as(String user, String password, String path) {
		String credentials = Base64.getEncoder()
			.encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
		return request(path).header("Authorization", "Basic " + credentials);
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

}
