package io.microplatform.user.login;

import java.time.Duration;

import io.microplatform.instance.configuration.RefreshableProperties;
import io.microplatform.instance.limit.Limit;
import io.microplatform.starter.background.ExpiredRows.Rules;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration of the protection of logins: the limits of failed logins.
 *
 * @param failuresPerPair the failed logins of one account from one address
 * @param failuresPerAddress the failed logins from one address, of all accounts
 * @param failuresFromNewAddresses the failed logins of one account from all addresses
 * from which its owner has not logged in
 * @param knownFor the time for which an address is known after the last login of the
 * owner, at least a day
 */
@RefreshableProperties
@Validated
@ConfigurationProperties("platform.logins")
record LoginProperties(@NotNull @Valid @NestedConfigurationProperty Limit failuresPerPair,
		@NotNull @Valid @NestedConfigurationProperty Limit failuresPerAddress,
		@NotNull @Valid @NestedConfigurationProperty Limit failuresFromNewAddresses,
		@NotNull @DurationMin(days = 1) @DurationMax(days = 3650) Duration knownFor) {

	private static final Duration CLEAN_UP_INTERVAL = Duration.ofHours(1);

	private static final int CLEAN_UP_BATCH = 500;

	Rules cleanUp() {
		return new Rules(this.knownFor, CLEAN_UP_INTERVAL, CLEAN_UP_BATCH);
	}

}
