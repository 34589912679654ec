package io.microplatform.user.account;

import java.time.Duration;

import io.microplatform.instance.configuration.RefreshableProperties;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration of the hashing of passwords.
 *
 * @param hashingWait the time for which a login or a registration waits until its
 * password can be hashed; together with the hashing, less than the response timeout of
 * the gateway
 */
@RefreshableProperties
@Validated
@ConfigurationProperties("platform.logins")
record HashingProperties(@NotNull @DurationMin(millis = 0) @DurationMax(seconds = 10) Duration hashingWait) {
}
