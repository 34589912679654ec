package io.microplatform.config.directory;

import java.nio.file.Path;

import io.microplatform.config.rollout.Rollout;
import io.microplatform.config.snapshot.SnapshotEnvironmentRepository;
import io.microplatform.config.source.FirstVersion;
import io.microplatform.configfiles.SnapshotStore;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Takes versions from a directory if one is configured, and no Git repository.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "platform.config.directory")
class DirectoryConfiguration {

	@Bean
	DirectorySource directorySource(@Value("${platform.config.directory}") Path directory,
			@Value("${platform.config.git.uri:}") String repository, SnapshotStore snapshots) {
		if (!repository.isEmpty()) {
			throw new IllegalStateException("platform.config.directory and platform.config.git.uri are both set:"
					+ " versions come from one of them");
		}
		return new DirectorySource(directory, snapshots);
	}

	@Bean
	FirstVersion firstVersionOfDirectory(DirectorySource source, SnapshotStore snapshots,
			SnapshotEnvironmentRepository repository, Rollout rollout) {
		return new FirstVersion(source, snapshots, repository, rollout);
	}

}
