package io.microplatform.acceptance.client;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a login gives.
 *
 * @param value the token itself
 * @param type how to present it
 * @param expiresIn its life in seconds
 */
public record AccessToken(@JsonProperty("access_token") String value, @JsonProperty("token_type") String type,
		@JsonProperty("expires_in") long expiresIn) {
}
