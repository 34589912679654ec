package io.microplatform.starter.test;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a newer release does to the tables of a service while the present one runs.
 */
public final class Migration {

	/** A name that no table of a service has or gets. */
	private static final String COLUMN = "column_of_another_release";

	private final JdbcClient jdbc;

	private final List<String> tables;

	/**
	 * Creates a migration of every table of the service, those of the starter included.
	 * @param jdbc with the rights of the service
	 */
	public Migration(JdbcClient jdbc) {
		this.jdbc = jdbc;
		this.tables = jdbc.sql("""
				select table_name from information_schema.tables
				where table_schema = current_schema() and table_type = 'BASE TABLE'
				and table_name <> 'flyway_schema_history'
				order by table_name""").query((row, number) -> row.getString(1)).list();
	}

	public List<String> tables() {
		return this.tables;
	}

	/** Adds a column to each table. */
	public void addColumn() {
		change("add column " + COLUMN + " varchar(200)");
	}

	/** Drops the column again. */
	public void dropColumn() {
		change("drop column if exists " + COLUMN);
	}

	private void change(String what) {
		this.tables.forEach((table) -> change(table, what));
	}

	/** Alters one table. */
	public void change(String table, String what) {
		this.jdbc.sql("alter table " + table + " " + what).update();
	}

}
