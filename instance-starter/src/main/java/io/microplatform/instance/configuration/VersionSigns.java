package io.microplatform.instance.configuration;

import java.util.List;
import java.util.Map;

import com.netflix.appinfo.ApplicationInfoManager;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/**
 * Shows others the version of the configuration that this instance runs with: in the
 * registry's metadata and as the gauge {@code platform.configuration}, whose tag
 * {@code version} it is and which is always 1.
 */
final class VersionSigns {

	/** The key in the registry's metadata. */
	static final String METADATA = "config-version";

	private final @Nullable ApplicationInfoManager registration;

	private final MultiGauge gauge;

	VersionSigns(@Nullable ApplicationInfoManager registration, MeterRegistry meters) {
		this.registration = registration;
		this.gauge = MultiGauge.builder("platform.configuration")
			.description("1, of the version of the configuration that is in use")
			.register(meters);
	}

	void show(String version) {
		if (this.registration != null) {
			this.registration.registerAppMetadata(Map.of(METADATA, version));
		}
		this.gauge.register(List.of(MultiGauge.Row.of(Tags.of("version", version), 1)), true);
	}

}
