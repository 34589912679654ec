package io.microplatform.lab.client;

import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * An HTTP response with its body as text. Decimal numbers in a JSON body are read as
 * {@code BigDecimal}.
 *
 * @param status the HTTP status
 * @param headers the response headers
 * @param body the body as text; empty if there is none
 */
public record Reply(int status, HttpHeaders headers, String body) {

	static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
		.enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
		.build();

	/**
	 * Parses the body as JSON.
	 * @return the root node
	 * @throws UnexpectedReplyException if the body is not JSON
	 */
	public JsonNode json() {
		return as(JsonNode.class);
	}

	/**
	 * Deserializes the JSON body. Unknown members are ignored.
	 * @param <T> the type
	 * @param type the target type
	 * @return the value
	 * @throws UnexpectedReplyException if the body does not match the type
	 */
	public <T> T as(Class<T> type) {
		try {
			return JSON.readValue(this.body, type);
		}
		catch (JacksonException ex) {
			throw new UnexpectedReplyException("JSON of " + type.getSimpleName(), this, ex);
		}
	}

	/**
	 * Returns the first value of a header.
	 * @param name the header name, case-insensitive
	 * @return the value, or empty if the header is absent
	 */
	public Optional<String> header(String name) {
		return this.headers.firstValue(name);
	}

	/**
	 * Requires a status.
	 * @param expected the required status
	 * @return this reply
	 * @throws UnexpectedReplyException if the response has a different status
	 */
	public Reply expect(int expected) {
		if (this.status != expected) {
			throw new UnexpectedReplyException("status " + expected, this, null);
		}
		return this;
	}

	/**
	 * Requires a condition.
	 * @param expectation a short description of the expected response
	 * @param satisfied whether the response meets the expectation
	 * @return this reply
	 * @throws UnexpectedReplyException if the condition is false
	 */
	public Reply expect(String expectation, boolean satisfied) {
		if (!satisfied) {
			throw new UnexpectedReplyException(expectation, this, null);
		}
		return this;
	}

	/**
	 * Summarizes the response in one line: the status and, for a problem, its detail and
	 * trace id; otherwise the first 200 characters of the body.
	 * @return the summary
	 */
	public String summary() {
		try {
			JsonNode problem = JSON.readTree(this.body);
			if (problem.path("detail").isString()) {
				return String.format(Locale.ROOT, "%d %s (trace %s)", this.status, problem.path("detail").asString(),
						problem.path("traceId").asString("none"));
			}
		}
		catch (JacksonException ex) {
			// Not JSON: the text below is used.
		}
		String text = this.body.replaceAll("\\s+", " ").strip();
		return (this.status + " " + text.substring(0, Math.min(text.length(), 200))).strip();
	}

}
