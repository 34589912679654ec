package io.microplatform.local.postgres;

import java.util.Locale;

/**
 * The server's {@code postgresql.conf}: the same limits and guarantees as a local process
 * and in a container.
 */
public final class PostgresConfiguration {

	private static final String SETTINGS = """
			password_encryption = scram-sha-256

			# An acknowledged transaction is on the disk.
			fsync = on
			synchronous_commit = on
			full_page_writes = on

			# One machine, which other programs share.
			max_connections = 100
			shared_buffers = 64MB
			work_mem = 4MB
			maintenance_work_mem = 32MB
			max_wal_size = 256MB
			# A query that sorts too much fails, and does not fill the disk (default: no limit).
			temp_file_limit = 1GB
			jit = off
			# Workers of their own for I/O and parallel queries would only take memory here.
			io_method = sync
			max_parallel_workers_per_gather = 0

			# A stopped client must not keep its row locks indefinitely.
			idle_in_transaction_session_timeout = 30s
			# A client whose machine died is noticed.
			tcp_keepalives_idle = 30
			timezone = UTC
			log_timezone = UTC
			# Details of an error are values of rows, which can be e-mail addresses.
			log_error_verbosity = terse
			log_line_prefix = '%m [%p] %q%u@%d '
			""";

	private PostgresConfiguration() {
	}

	static String local(int port) {
		return String.format(Locale.ROOT, """
				# Written anew at every start; see the class PostgresConfiguration.
				listen_addresses = '127.0.0.1'
				port = %d
				# Connections come over TCP with a password; a socket file would only be one more door.
				unix_socket_directories = ''
				""", port) + SETTINGS;
	}

	/** The settings in a container, whose image creates the database over a socket. */
	public static String container() {
		return """
				# Written anew at every start; see the class PostgresConfiguration.
				listen_addresses = '*'
				port = 5432
				""" + SETTINGS;
	}

}
