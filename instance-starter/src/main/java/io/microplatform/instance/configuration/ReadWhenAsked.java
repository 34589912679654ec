package io.microplatform.instance.configuration;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * What {@code /actuator/info} shows is read from the environment each time.
 */
final class ReadWhenAsked implements LivePart {

	private static final ConfigurationPropertyName INFO = ConfigurationPropertyName.of("info");

	@Override
	public boolean takes(ConfigurationPropertyName property) {
		return INFO.isAncestorOf(property);
	}

	@Override
	public Runnable prepare(ConfigurableEnvironment candidate) {
		return () -> {
		};
	}

}
