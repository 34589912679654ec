package io.microplatform.instance.configuration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Registers a {@link Live} bean for each record with {@link LiveProperties}.
 */
@AutoConfiguration
public class LivePropertiesAutoConfiguration {

	@Bean
	static LivePropertiesRegistrar livePropertiesRegistrar() {
		return new LivePropertiesRegistrar();
	}

}
