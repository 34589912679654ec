package io.microplatform.config.snapshot;

import io.microplatform.configfiles.SnapshotStore;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Opens the store of snapshots.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConfigProperties.class)
class SnapshotConfiguration {

	@Bean
	SnapshotStore snapshotStore(ConfigProperties properties) {
		return new SnapshotStore(properties.snapshots());
	}

}
