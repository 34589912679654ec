package io.microplatform.starter.background;

import java.time.Duration;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

/**
 * A {@link BackgroundTask} that samples a whole table for gauges. Reading a gauge never
 * waits for the database: it is of the last sample, and not a number when the database
 * did not answer. Thread-safe.
 *
 * @param <T> the type of a sample
 */
public abstract class SampledGauges<T> extends BackgroundTask {

	private static final Logger log = LoggerFactory.getLogger(SampledGauges.class);

	private final String name;

	private final Duration interval;

	private volatile @Nullable T latest;

	/**
	 * Creates a task that is not started yet.
	 * @param name the name of its thread
	 * @param interval the time between two samples
	 */
	protected SampledGauges(String name, Duration interval) {
		super(name);
		this.name = name;
		this.interval = interval;
	}

	/**
	 * Takes a sample.
	 * @return the sample
	 * @throws DataAccessException if the database does not answer
	 */
	protected abstract T sample();

	/**
	 * Begins a gauge, which the caller registers.
	 * @param gauge the name of the gauge
	 * @param value reads its value from a sample
	 * @return a builder
	 */
	protected final Gauge.Builder<SampledGauges<T>> gauge(String gauge, ToDoubleFunction<T> value) {
		return Gauge.builder(gauge, this, (sampled) -> {
			T now = sampled.latest;
			return (now != null) ? value.applyAsDouble(now) : Double.NaN;
		});
	}

	@Override
	protected final Duration interval() {
		return this.interval;
	}

	/** Samples what the gauges show. */
	@Override
	public final void run() {
		try {
			this.latest = sample();
		}
		catch (DataAccessException ex) {
			this.latest = null;
			log.debug("No sample for {}", this.name, ex);
		}
	}

}
