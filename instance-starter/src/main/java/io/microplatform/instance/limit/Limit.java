package io.microplatform.instance.limit;

import java.time.Duration;

import io.github.bucket4j.Bandwidth;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * A token bucket: each request takes a token, and a request without a token is refused.
 * The bucket is initially full, and tokens are added evenly over time.
 *
 * @param requests the number of tokens that are added in each {@code per}
 * @param per the time in which they are added, from 1 second to 1 day
 * @param burst the maximum number of tokens in the bucket: the requests that a subject
 * can send at once after a pause; at least {@code requests}
 * @see <a href="https://en.wikipedia.org/wiki/Token_bucket">Token bucket</a>
 */
public record Limit(@Min(1) @Max(Limit.MAX) int requests,
		@NotNull @DurationMin(seconds = 1) @DurationMax(days = 1) Duration per, @Min(1) @Max(Limit.MAX) int burst) {

	/** The maximum, because Bucket4j adds at most one token per nanosecond. */
	static final int MAX = 1_000_000;

	@AssertTrue(message = "burst must be at least requests")
	boolean isBurstEnough() {
		return this.burst >= this.requests;
	}

	/**
	 * Returns the time in which an empty bucket fills.
	 * @return the time, without further requests
	 */
	public Duration timeToFill() {
		return timeFor(this.burst);
	}

	/** Returns the time in which a number of tokens is added. */
	Duration timeFor(long tokens) {
		return this.per.multipliedBy(tokens).dividedBy(this.requests);
	}

	Bandwidth bandwidth() {
		return Bandwidth.builder().capacity(this.burst).refillGreedy(this.requests, this.per).build();
	}

	/** Returns the part of a key that distinguishes buckets of different limits. */
	String key() {
		return this.requests + "-" + this.per.toMillis() + "-" + this.burst;
	}

}
