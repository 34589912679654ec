package io.microplatform.config.git;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import io.microplatform.config.snapshot.Publication;
import io.microplatform.config.snapshot.PublishedSnapshots;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Where a repository is named.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("platform.config.git.uri")
@EnableConfigurationProperties(GitProperties.class)
class GitConfiguration {

	private static final Logger log = LoggerFactory.getLogger(GitConfiguration.class);

	private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);

	@Bean
	GitSource gitSource(GitProperties properties, PublishedSnapshots snapshots) {
		return new GitSource(properties, snapshots);
	}

	/** Brings the first version of all, as soon as the repository can be reached. */
	@Bean
	ApplicationRunner firstVersion(GitSource source, PublishedSnapshots snapshots, Clock clock) {
		return (arguments) -> Thread.ofVirtual().name("first-version").start(() -> {
			while (snapshots.published().isEmpty()) {
				try {
					// Nobody runs yet who could check it.
					String version = source.newest();
					snapshots.publish(new Publication(clock.instant(), version, "config-server", "first start"));
					log.info("Published configuration {}, the first", version);
				}
				catch (GitAwayException | NoSuchCommitException ex) {
					log.warn("There is no configuration yet: {}", ex.getMessage());
					LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
				}
			}
		});
	}

}
