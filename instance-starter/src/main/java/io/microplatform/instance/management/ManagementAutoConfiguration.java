package io.microplatform.instance.management;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link AutoConfiguration Auto-configuration} for the {@link ManagementCredential}.
 */
@AutoConfiguration
public class ManagementAutoConfiguration {

	@Bean
	ManagementCredential managementCredential(Environment environment) {
		return new ManagementCredential(environment);
	}

}
