package io.microplatform.instance.tracing;

import java.util.concurrent.ThreadLocalRandom;

import brave.sampler.Sampler;
import io.microplatform.instance.configuration.Refreshable;

/**
 * {@link Sampler} whose probability can change at run time. Thread-safe.
 */
final class RefreshableSampler extends Sampler {

	private final Refreshable<SamplingProperties> properties;

	RefreshableSampler(Refreshable<SamplingProperties> properties) {
		this.properties = properties;
	}

	@Override
	public boolean isSampled(long traceId) {
		return ThreadLocalRandom.current().nextDouble() < this.properties.get().probability();
	}

}
