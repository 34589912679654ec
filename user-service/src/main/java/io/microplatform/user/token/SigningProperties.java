package io.microplatform.user.token;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How tokens are made.
 *
 * @param lifetime how long an access token is valid
 */
@Validated
@ConfigurationProperties("platform.tokens")
record SigningProperties(@NotNull Duration lifetime) {
}
