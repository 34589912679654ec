package io.microplatform.starter.database;

import java.time.Duration;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;

/**
 * Migrates the database, and tries again while it is away. Flyway itself waits for a
 * connection only; this waits as long for a database that is read-only, or in which
 * another instance's transaction holds a lock. A migration that failed was rolled back.
 */
final class PatientMigration implements FlywayMigrationStrategy {

	private static final Logger log = LoggerFactory.getLogger(PatientMigration.class);

	@Override
	public void migrate(Flyway flyway) {
		Configuration rules = flyway.getConfiguration();
		Duration pause = Duration.ofSeconds(Math.max(1, rules.getConnectRetriesInterval()));
		long end = System.nanoTime() + pause.multipliedBy(rules.getConnectRetries()).toNanos();
		while (!isMigrated(flyway, end)) {
			pause(pause);
		}
	}

	private static boolean isMigrated(Flyway flyway, long end) {
		try {
			flyway.migrate();
			return true;
		}
		catch (RuntimeException ex) {
			if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()
					|| !new DatabaseFailure(ex).isOutage()) {
				throw ex;
			}
			log.warn("The database could not be migrated and is tried again: {}", ex.toString());
			return false;
		}
	}

	private static void pause(Duration pause) {
		try {
			Thread.sleep(pause);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
