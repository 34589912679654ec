package io.microplatform.instance.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.core.env.Environment;

/**
 * {@link MeterBinder} for the gauge {@code platform.build.info}. Its value is 1, its tags
 * are the version of the jar and the release of the instance.
 */
final class BuildInfoMetrics implements MeterBinder {

	private final String version;

	private final String release;

	BuildInfoMetrics(Environment environment) {
		this.version = environment.getProperty("spring.application.version", "unknown");
		this.release = environment.getProperty("platform.release", "none");
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("platform.build.info", () -> 1)
			.description("Always 1; the tags are the version of the program and the release of the instance")
			.tag("version", this.version)
			.tag("release", this.release)
			.register(registry);
	}

}
