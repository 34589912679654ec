package io.microplatform.config.snapshot;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Where the snapshots are.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConfigProperties.class)
class SnapshotConfiguration {

	@Bean
	PublishedSnapshots publishedSnapshots(ConfigProperties properties) {
		return new PublishedSnapshots(properties.snapshots());
	}

}
