package io.microplatform.gateway.requests;

import java.time.Duration;

import io.microplatform.instance.configuration.RefreshableProperties;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Properties of the logging of requests.
 *
 * @param slow the time above which a request is logged as slow
 */
@RefreshableProperties
@Validated
@ConfigurationProperties("platform.requests")
record RequestProperties(@NotNull @DurationMin(millis = 1) Duration slow) {

}
