package io.microplatform.user.account;

import java.math.BigDecimal;

import io.microplatform.instance.configuration.RefreshableProperties;
import io.microplatform.starter.validation.DecimalDigits;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration of new accounts.
 *
 * @param defaultCreditLimit the credit limit of a new user, in the platform's currency
 */
@RefreshableProperties
@Validated
@ConfigurationProperties("platform.accounts")
record AccountProperties(
		@NotNull @DecimalMin("0.00") @DecimalDigits(integer = 13, fraction = 2) BigDecimal defaultCreditLimit) {
}
