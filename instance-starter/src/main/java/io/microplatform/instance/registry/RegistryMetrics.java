package io.microplatform.instance.registry;

import java.util.concurrent.TimeUnit;

import com.netflix.discovery.DiscoveryClient;
import com.netflix.discovery.EurekaClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * {@link MeterBinder} for the age of the local copy of the registry: the time since the
 * last successful fetch. It is not a number until then.
 */
final class RegistryMetrics implements MeterBinder {

	private final EurekaClient client;

	RegistryMetrics(EurekaClient client) {
		this.client = client;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		TimeGauge.builder("eureka.client.registry.age", this.client, TimeUnit.MILLISECONDS, RegistryMetrics::age)
			.description("Time since the registry was fetched successfully")
			.register(registry);
	}

	private static double age(EurekaClient client) {
		long age = (client instanceof DiscoveryClient fetching) ? fetching.getLastSuccessfulRegistryFetchTimePeriod()
				: -1;
		return (age >= 0) ? age : Double.NaN;
	}

}
