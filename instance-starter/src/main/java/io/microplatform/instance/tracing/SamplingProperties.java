package io.microplatform.instance.tracing;

import io.microplatform.instance.configuration.RefreshableProperties;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The share of traces that are sampled. Spring Boot reads the same property, but only
 * once.
 *
 * @param probability the probability, from 0 to 1, of sampling a trace that starts in
 * this instance
 */
@RefreshableProperties
@Validated
@ConfigurationProperties("management.tracing.sampling")
record SamplingProperties(@DecimalMin("0") @DecimalMax("1") @DefaultValue("0") double probability) {

}
