package io.microplatform.user;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import io.microplatform.starter.test.ConfiguredLikeUp;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * Calls the service as people do, with a token or without.
 */
final class UserClient {

	static final String PASSWORD = "correct horse";

	private static final MediaType MERGE_PATCH = MediaType.parseMediaType("application/merge-patch+json");

	/** Halves of surrogate pairs exist in JSON as escapes only. */
	private final JsonMapper json = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

	private final String base;

	private final RestClient client;

	UserClient(int port) {
		this.base = "http://127.0.0.1:" + port;
		// The default client would repeat requests that are answered 429 or 503.
		this.client = RestClient.builder()
			.requestFactory(new JdkClientHttpRequestFactory())
			.defaultStatusHandler((status) -> true, (request, response) -> {
			})
			.build();
	}

	/** A new user, logged in. */
	Person person() {
		String email = UUID.randomUUID() + "@Example.org";
		Answer answer = register(email, PASSWORD);
		return new Person(answer.body().get("id").asLong(), email, token(email, PASSWORD));
	}

	/** The first administrator, logged in. */
	String administrator() {
		return token(ConfiguredLikeUp.ADMIN_EMAIL, ConfiguredLikeUp.ADMIN_PASSWORD);
	}

	String token(String email, String password) {
		return login(email, password).body().get("access_token").asString();
	}

	Answer register(String email, String password) {
		return post("/users", Map.of("name", "Ada", "email", email, "password", password));
	}

	Answer login(String email, String password) {
		return post("/login", Map.of("email", email, "password", password));
	}

	private Answer post(String uri, Map<String, String> body) {
		return call(HttpMethod.POST, uri, "", this.json.writeValueAsString(body), "");
	}

	Answer get(String uri, String token) {
		return call(HttpMethod.GET, uri, token, "", "");
	}

	Answer patch(long id, String token, String body) {
		return call(HttpMethod.PATCH, "/users/" + id, token, body, "");
	}

	Answer delete(long id, String token) {
		return call(HttpMethod.DELETE, "/users/" + id, token, "", "");
	}

	/**
	 * Any call.
	 * @param token sent when not empty
	 * @param body sent when not empty; of a PATCH as a merge patch, else as JSON
	 * @param headers more headers as {@code Name: value}; empty ones do not count
	 */
	Answer call(HttpMethod method, String uri, String token, String body, String... headers) {
		RestClient.RequestBodySpec request = this.client.method(method)
			.uri(URI.create(this.base + uri))
			.headers((all) -> {
				if (!token.isEmpty()) {
					all.setBearerAuth(token);
				}
				if (!body.isEmpty()) {
					all.setContentType(method.equals(HttpMethod.PATCH) ? MERGE_PATCH : MediaType.APPLICATION_JSON);
				}
				for (String header : headers) {
					int colon = header.indexOf(": ");
					if (colon > 0) {
						all.set(header.substring(0, colon), header.substring(colon + 2));
					}
				}
			});
		if (!body.isEmpty()) {
			request.body(body);
		}
		ResponseEntity<String> answer = request.retrieve().toEntity(String.class);
		return new Answer(answer.getStatusCode().value(), answer.getHeaders(),
				this.json.readTree(Objects.requireNonNullElse(answer.getBody(), "{}")));
	}

	/** A user who has registered and logged in. */
	record Person(long id, String email, String token) {

		String path() {
			return "/users/" + this.id;
		}

	}

	/** What came back. */
	record Answer(int status, HttpHeaders headers, JsonNode body) {

		String etag() {
			return Objects.requireNonNullElse(this.headers.getETag(), "");
		}

	}

}
