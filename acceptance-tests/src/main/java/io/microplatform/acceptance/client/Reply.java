package io.microplatform.acceptance.client;

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
 * What came back for a request. Amounts in it are decimals, never floating point.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body the body as text, empty when there is none
 */
public record Reply(int status, HttpHeaders headers, String body) {

	static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
		.enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
		.build();

	/**
	 * The body as JSON.
	 * @return the root of it
	 * @throws UnexpectedReplyException when it is not JSON
	 */
	public JsonNode json() {
		return as(JsonNode.class);
	}

	/**
	 * The body read as a type; members that the type does not know are left out.
	 * @param <T> the type
	 * @param type the type
	 * @return the value
	 * @throws UnexpectedReplyException when the body is something else
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
	 * The first value of a header.
	 * @param name its name, in any case
	 * @return the value, if the header is there
	 */
	public Optional<String> header(String name) {
		return this.headers.firstValue(name);
	}

	/**
	 * Goes on only with this status.
	 * @param expected the status
	 * @return this reply
	 * @throws UnexpectedReplyException when the status is another one
	 */
	public Reply expect(int expected) {
		if (this.status != expected) {
			throw new UnexpectedReplyException("status " + expected, this, null);
		}
		return this;
	}

	/**
	 * Goes on only when the reply is as it should be.
	 * @param how how it should be, in a few words
	 * @param holds whether it is
	 * @return this reply
	 * @throws UnexpectedReplyException when it is not
	 */
	public Reply expect(String how, boolean holds) {
		if (!holds) {
			throw new UnexpectedReplyException(how, this, null);
		}
		return this;
	}

	/**
	 * The reply in one line: the status and, of a problem, what it says and its trace id.
	 * @return the line
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
			// Not JSON: shown as it is.
		}
		String text = this.body.replaceAll("\\s+", " ").strip();
		return (this.status + " " + text.substring(0, Math.min(text.length(), 200))).strip();
	}

}
