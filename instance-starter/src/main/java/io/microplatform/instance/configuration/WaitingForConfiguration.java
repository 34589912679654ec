package io.microplatform.instance.configuration;

import org.springframework.boot.bootstrap.BootstrapRegistry;
import org.springframework.boot.bootstrap.BootstrapRegistryInitializer;
import org.springframework.util.ClassUtils;

/**
 * Loads the configuration patiently, where there is a client of the config server: the
 * registry has none. Names none of its classes, without which it could not be loaded.
 */
class WaitingForConfiguration implements BootstrapRegistryInitializer {

	@Override
	public void initialize(BootstrapRegistry registry) {
		if (ClassUtils.isPresent("org.springframework.cloud.config.client.ConfigServerBootstrapper", null)) {
			PatientLoader.register(registry);
		}
	}

}
