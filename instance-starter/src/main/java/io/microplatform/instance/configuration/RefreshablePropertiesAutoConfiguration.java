package io.microplatform.instance.configuration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Registers a {@link Refreshable} bean for each record with
 * {@link RefreshableProperties}.
 */
@AutoConfiguration
public class RefreshablePropertiesAutoConfiguration {

	@Bean
	static RefreshablePropertiesRegistrar refreshablePropertiesRegistrar() {
		return new RefreshablePropertiesRegistrar();
	}

}
