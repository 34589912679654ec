package io.microplatform.instance.token;

import java.time.Duration;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration of the verification of access tokens.
 *
 * @param issuer the {@code iss} claim
 * @param audience a value of the {@code aud} claim
 * @param clockSkew how far the clocks of two instances may differ, at most 5 minutes
 * @param keysUri where the public keys are; the host is a service's name
 * @param keysRefresh how old the known keys may grow before they are fetched again, at
 * least 2 seconds
 */
@Validated
@ConfigurationProperties("platform.tokens")
public record TokenProperties(@NotBlank String issuer, @NotBlank String audience,
		@NotNull @DurationMin @DurationMax(minutes = 5) Duration clockSkew,
		@DefaultValue("http://user-service/internal/jwks") String keysUri,
		@NotNull @DurationMin(seconds = 2) Duration keysRefresh) {
}
