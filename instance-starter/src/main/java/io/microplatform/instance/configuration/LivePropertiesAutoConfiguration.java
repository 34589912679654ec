package io.microplatform.instance.configuration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Offers {@link Live} properties to whoever wants them injected.
 */
@AutoConfiguration
public class LivePropertiesAutoConfiguration {

	@Bean
	static LivePropertiesRegistrar livePropertiesRegistrar() {
		return new LivePropertiesRegistrar();
	}

}
