package io.microplatform.instance.configuration;

import java.util.List;
import java.util.Map;

import com.netflix.appinfo.ApplicationInfoManager;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the version of the configuration with which this instance runs: as
 * {@code config-version} in the registry's metadata, and as the tag {@code version} of
 * the gauge {@code platform.configuration}, which is always 1.
 */
final class ConfigurationVersion {

	private final @Nullable ApplicationInfoManager registration;

	private final MultiGauge gauge;

	ConfigurationVersion(@Nullable ApplicationInfoManager registration, MeterRegistry meters) {
		this.registration = registration;
		this.gauge = MultiGauge.builder("platform.configuration")
			.description("Always 1; the tag is the version of the configuration in use")
			.register(meters);
	}

	void publish(String version) {
		if (this.registration != null) {
			this.registration.registerAppMetadata(Map.of("config-version", version));
		}
		this.gauge.register(List.of(MultiGauge.Row.of(Tags.of("version", version), 1)), true);
	}

}
