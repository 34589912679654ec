package io.microplatform.starter.background;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.function.Supplier;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A {@link BackgroundTask} that deletes expired rows of a table, in small batches that
 * hold no locks for long. Instances may do so concurrently: none waits for a row that
 * another transaction has locked. The first run is one interval after the start.
 */
public final class ExpiredRows extends BackgroundTask {

	private final JdbcClient jdbc;

	private final Clock clock;

	private final String table;

	private final String column;

	private final Supplier<Rules> rules;

	/**
	 * A task for one table.
	 * @param jdbc the database
	 * @param clock tells the present time
	 * @param table the name of the table
	 * @param column the name of the column with the time from which a row ages
	 * @param rules read at each run
	 */
	public ExpiredRows(JdbcClient jdbc, Clock clock, String table, String column, Supplier<Rules> rules) {
		super("expired rows of " + table);
		this.jdbc = jdbc;
		this.clock = clock;
		this.table = table;
		this.column = column;
		this.rules = rules;
	}

	@Override
	protected Duration interval() {
		return this.rules.get().interval();
	}

	@Override
	public void run() {
		Rules present = this.rules.get();
		int deleted;
		do {
			// The ctid identifies a row here, because the row is locked.
			deleted = this.jdbc
				.sql("""
						delete from %1$s where ctid = any(array(
							select ctid from %1$s where %2$s <= :expired order by %2$s limit :rows for update skip locked))"""
					.formatted(this.table, this.column))
				.param("expired", this.clock.instant().minus(present.retention()).atOffset(ZoneOffset.UTC))
				.param("rows", present.batchSize())
				.update();
		}
		while (deleted == present.batchSize());
	}

	/**
	 * Which rows to delete, and when.
	 *
	 * @param retention the age at which a row has expired
	 * @param interval between two runs
	 * @param batchSize how many rows to delete in one transaction
	 */
	public record Rules(Duration retention, Duration interval, int batchSize) {
	}

}
