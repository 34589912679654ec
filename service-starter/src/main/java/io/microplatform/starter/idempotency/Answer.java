package io.microplatform.starter.idempotency;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * An answer as it is sent, which is stored and returned again byte for byte.
 *
 * @param status the HTTP status
 * @param headers the headers that the service has set
 * @param body JSON, or empty when there is none
 */
record Answer(int status, Map<String, List<String>> headers, String body) {

	static Answer of(ResponseEntity<?> response, JsonMapper json) {
		Map<String, List<String>> headers = new LinkedHashMap<>();
		response.getHeaders().forEach((name, values) -> headers.put(name, new ArrayList<>(values)));
		Object body = response.getBody();
		if (body == null) {
			return new Answer(response.getStatusCode().value(), headers, "");
		}
		headers.putIfAbsent(HttpHeaders.CONTENT_TYPE, List.of(MediaType.APPLICATION_JSON_VALUE));
		return new Answer(response.getStatusCode().value(), headers, json.writeValueAsString(body));
	}

	/** The answer to send. */
	ResponseEntity<byte[]> toResponse() {
		ResponseEntity.BodyBuilder response = start();
		return this.body.isEmpty() ? response.build() : response.body(this.body.getBytes(StandardCharsets.UTF_8));
	}

	/** The answer as the service had put it. */
	<T> ResponseEntity<T> read(Class<T> bodyType, JsonMapper json) {
		return start().body(json.readValue(this.body, bodyType));
	}

	private ResponseEntity.BodyBuilder start() {
		return ResponseEntity.status(this.status).headers((fields) -> fields.putAll(this.headers));
	}

}
