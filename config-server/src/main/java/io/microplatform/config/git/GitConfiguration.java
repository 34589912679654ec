package io.microplatform.config.git;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import io.microplatform.config.refresh.Refreshes;
import io.microplatform.config.snapshot.Publication;
import io.microplatform.config.snapshot.PublishedSnapshots;
import org.eclipse.jgit.lib.ObjectId;
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

	private static final String BY = "config-server";

	private static final String HOW = "first start";

	private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);

	@Bean
	GitSource gitSource(GitProperties properties, PublishedSnapshots snapshots) {
		return new GitSource(properties, snapshots);
	}

	/**
	 * Brings the first commit of all, as soon as the repository can be reached: unless
	 * one is published, what is published came from elsewhere, or nothing is.
	 */
	@Bean
	ApplicationRunner firstVersion(GitSource source, PublishedSnapshots snapshots, Refreshes refreshes, Clock clock) {
		return (arguments) -> Thread.ofVirtual().name("first-version").start(() -> {
			while (!isFirstVersion(source, snapshots, refreshes, clock)) {
				LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
			}
		});
	}

	private static boolean isFirstVersion(GitSource source, PublishedSnapshots snapshots, Refreshes refreshes,
			Clock clock) {
		if (snapshots.published().filter(ObjectId::isId).isPresent()) {
			return true;
		}
		try {
			String version = source.newest();
			if (snapshots.published().isEmpty()) {
				// Nobody runs yet who could check it.
				snapshots.publish(new Publication(clock.instant(), version, BY, HOW));
				log.info("Published configuration {}, the first", version);
			}
			else {
				refreshes.refresh(version, BY, HOW);
			}
		}
		catch (RuntimeException ex) {
			// Whatever it is, from a repository that is away to one without
			// configuration.
			log.warn("There is no configuration from Git yet: {}", ex.getMessage());
		}
		return false;
	}

}
