package io.microplatform.user.token;

import java.time.Duration;

import io.microplatform.instance.configuration.RefreshableProperties;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration of issued tokens.
 *
 * @param lifetime how long an access token is valid, at least a second
 */
@RefreshableProperties
@Validated
@ConfigurationProperties("platform.tokens")
record SigningProperties(@NotNull @DurationMin(seconds = 1) Duration lifetime) {
}
