package io.microplatform.starter.security;

import java.time.Duration;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What an access token must say to be accepted.
 *
 * @param issuer the {@code iss} claim
 * @param audience a value of the {@code aud} claim
 * @param clockSkew how far the clocks of two instances may differ
 * @param keysUri where the public keys are; the host is a service's name
 * @param keysRefresh how old the known keys may grow before they are fetched again
 */
@Validated
@ConfigurationProperties("platform.tokens")
public record TokenProperties(@NotBlank String issuer, @NotBlank String audience, @NotNull Duration clockSkew,
		@DefaultValue("http://user-service/internal/jwks") String keysUri, @NotNull Duration keysRefresh) {
}
