package io.microplatform.order;

import java.math.BigDecimal;

import io.microplatform.instance.configuration.RefreshableProperties;
import io.microplatform.starter.validation.DecimalDigits;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration of orders.
 *
 * @param maxAmount the most that one order may amount to, in the platform's currency
 */
@RefreshableProperties
@Validated
@ConfigurationProperties("platform.orders")
record OrderProperties(@NotNull @DecimalMin("0.01") @DecimalDigits(integer = 13, fraction = 2) BigDecimal maxAmount) {
}
