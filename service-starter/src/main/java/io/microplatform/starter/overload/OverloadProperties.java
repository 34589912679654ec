package io.microplatform.starter.overload;

import io.microplatform.instance.configuration.RefreshableProperties;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration of the protection against overload. Startup fails if a value is missing
 * or invalid.
 *
 * @param maxInProgress the maximum number of requests in progress; at least 10, so that a
 * typing error cannot make a service unavailable
 */
@RefreshableProperties
@Validated
@ConfigurationProperties("platform.overload")
record OverloadProperties(@Min(10) int maxInProgress) {
}
