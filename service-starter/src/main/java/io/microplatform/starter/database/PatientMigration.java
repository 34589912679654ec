package io.microplatform.starter.database;

import java.time.Duration;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/**
 * A {@link FlywayMigrationStrategy} that migrates the database and tries again while it
 * is unavailable. Flyway itself waits for a connection only; this waits as long for a
 * database that is read-only, or in which another instance's transaction holds a lock. A
 * migration that failed was rolled back.
 */
final class PatientMigration implements FlywayMigrationStrategy {

	private static final Logger log = LoggerFactory.getLogger(PatientMigration.class);

	@Override
	public void migrate(Flyway flyway) {
		Configuration rules = flyway.getConfiguration();
		Duration pause = Duration.ofSeconds(Math.max(1, rules.getConnectRetriesInterval()));
		new RetryTemplate(RetryPolicy.builder()
			.delay(pause)
			.maxRetries(rules.getConnectRetries())
			.timeout(pause.multipliedBy(rules.getConnectRetries()))
			.predicate(PatientMigration::isWorthARetry)
			.build()).invoke(() -> {
				flyway.migrate();
			});
	}

	private static boolean isWorthARetry(Throwable thrown) {
		boolean outage = new DatabaseFailure(thrown).isOutage();
		if (outage) {
			log.warn("The database could not be migrated; it is tried again if there is time left: {}",
					thrown.toString());
		}
		return outage;
	}

}
