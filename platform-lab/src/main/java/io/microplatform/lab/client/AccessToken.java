package io.microplatform.lab.client;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Access token response of {@code POST /login}.
 *
 * @param value the encoded token
 * @param type the token type, {@code Bearer}
 * @param expiresIn the token's lifetime in seconds
 */
public record AccessToken(@JsonProperty("access_token") String value, @JsonProperty("token_type") String type,
		@JsonProperty("expires_in") long expiresIn) {
}
