package io.microplatform.order;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import io.microplatform.instance.token.TokenProperties;
import io.microplatform.starter.test.TestTokens;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * A new user who places orders at any instance.
 *
 * @param id the user's id
 * @param tokens what a token must say
 */
record Customer(long id, TokenProperties tokens) {

	static final String TEA = "{\"product\":\"tea\",\"amount\":1}";

	private static final RestClient client = RestClient.builder()
		// The default one repeats what was answered 503.
		.requestFactory(new JdkClientHttpRequestFactory())
		.defaultStatusHandler((status) -> true, (request, response) -> {
		})
		.build();

	static Customer any(TokenProperties tokens) {
		return new Customer(ThreadLocalRandom.current().nextLong(1, 1L << 53), tokens);
	}

	ResponseEntity<String> orders(int port, String body, Map<String, String> headers) {
		return post(port, "/orders", body.getBytes(StandardCharsets.UTF_8), headers);
	}

	ResponseEntity<String> post(int port, String path, byte[] body, Map<String, String> headers) {
		return client.post()
			.uri("http://127.0.0.1:" + port + path)
			.header(HttpHeaders.AUTHORIZATION, TestTokens.bearer(this.id, this.tokens))
			.headers((all) -> headers.forEach(all::set))
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.retrieve()
			.toEntity(String.class);
	}

	/** Any call without a body. */
	ResponseEntity<String> call(int port, HttpMethod method, String uri) {
		return client.method(method)
			.uri(URI.create("http://127.0.0.1:" + port + uri))
			.header(HttpHeaders.AUTHORIZATION, TestTokens.bearer(this.id, this.tokens))
			.retrieve()
			.toEntity(String.class);
	}

}
