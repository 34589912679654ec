package io.microplatform.acceptance.load;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;

/**
 * How long answers took. Zero when there were none.
 *
 * @param p50 half of them took at most this
 * @param p99 of a hundred, 99 took at most this
 * @param max the slowest
 */
public record Latencies(Duration p50, Duration p99, Duration max) {

	private static final int SIGNIFICANT_DIGITS = 3;

	static Latencies ofAnswers(List<Answer> answers) {
		return of(answers.stream().map(Answer::latency).toList());
	}

	/**
	 * Of any times.
	 * @param durations the times
	 * @return how long they are
	 */
	public static Latencies of(Collection<Duration> durations) {
		Histogram micros = new Histogram(SIGNIFICANT_DIGITS);
		durations.forEach((duration) -> micros.recordValue(TimeUnit.NANOSECONDS.toMicros(duration.toNanos())));
		return new Latencies(micros(micros.getValueAtPercentile(50)), micros(micros.getValueAtPercentile(99)),
				micros(micros.getMaxValue()));
	}

	private static Duration micros(long micros) {
		return Duration.of(micros, TimeUnit.MICROSECONDS.toChronoUnit());
	}

}
