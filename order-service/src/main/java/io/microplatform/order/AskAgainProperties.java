package io.microplatform.order;

import java.time.Duration;
import java.time.Instant;

import io.microplatform.instance.configuration.RefreshableProperties;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration of when the event of an unanswered order is published again. The delay
 * doubles each time: an event that user-service cannot apply holds up those behind it.
 *
 * @param after how long it may leave a question unanswered
 * @param atLeastEvery the longest that it is given
 * @param interval between two looks for such orders, of each instance
 * @param batchSize the most orders that one look takes, so that a long outage is not
 * followed by a flood
 */
@RefreshableProperties
@Validated
@ConfigurationProperties("platform.orders.ask-again")
record AskAgainProperties(@NotNull @DurationMin(seconds = 1) Duration after,
		@NotNull @DurationMin(seconds = 1) Duration atLeastEvery, @NotNull @DurationMin(millis = 100) Duration interval,
		@Min(1) @Max(1_000) int batchSize) {

	/**
	 * When to ask next.
	 * @param since since when there has been no answer
	 */
	Instant next(Instant since, Instant now) {
		Duration waited = Duration.between(since, now);
		Duration patience = (waited.compareTo(this.atLeastEvery) < 0) ? waited : this.atLeastEvery;
		return now.plus((patience.compareTo(this.after) < 0) ? this.after : patience);
	}

}
