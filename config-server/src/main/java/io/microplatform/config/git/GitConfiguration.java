package io.microplatform.config.git;

import io.microplatform.config.rollout.Rollout;
import io.microplatform.config.snapshot.SnapshotEnvironmentRepository;
import io.microplatform.config.source.FirstVersion;
import io.microplatform.configfiles.SnapshotStore;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Takes versions from Git if a repository is configured.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("platform.config.git.uri")
@EnableConfigurationProperties(GitProperties.class)
class GitConfiguration {

	@Bean
	GitSource gitSource(GitProperties properties, SnapshotStore snapshots) {
		return new GitSource(properties, snapshots);
	}

	@Bean
	FirstVersion firstVersion(GitSource source, SnapshotStore snapshots, SnapshotEnvironmentRepository repository,
			Rollout rollout) {
		return new FirstVersion(source, snapshots, repository, rollout);
	}

}
