package io.microplatform.local.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.microplatform.local.file.Archive;
import io.microplatform.local.file.ArchiveWriter;
import io.microplatform.local.file.Directories;

/**
 * A copy of all databases of a PostgreSQL server, made while it serves. The databases are
 * those of one moment, at the end of the copy: everything that was committed before the
 * copy began is in it. It opens with the same major version of PostgreSQL on the same
 * kind of processor only.
 * <p>
 * The server's files are copied between {@code pg_backup_start} and
 * {@code pg_backup_stop}, together with the write-ahead log of that time, from which
 * PostgreSQL makes them consistent at its next start; see <a href=
 * "https://www.postgresql.org/docs/18/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP">Making
 * a Base Backup Using the Low Level API</a>.
 *
 * @param archive the file with the copy
 */
public record PostgresCopy(Path archive) {

	private static final Duration STATEMENTS_TAKE_AT_MOST = Duration.ofMinutes(10);

	private static final String CONTROL_FILE = "global/pg_control";

	private static final String LOG = "pg_wal";

	/** Names of complete segments of the write-ahead log, which sort by their age. */
	private static final String SEGMENT = "[0-9A-F]{24}";

	/** What a server that starts makes anew, or must not find. */
	private static final Set<String> LEFT_OUT = Set.of("postmaster.pid", "postmaster.opts", "backup_label.old",
			"tablespace_map.old", CONTROL_FILE);

	/** Directories whose content belongs to the running server. */
	private static final List<String> EMPTIED = List.of(LOG, "pg_replslot", "pg_dynshmem", "pg_notify", "pg_serial",
			"pg_snapshots", "pg_stat_tmp", "pg_subtrans");

	/**
	 * Makes the copy.
	 * @param postgres the running server
	 * @param data its data directory
	 * @throws IOException if the server does not answer or a file cannot be read or
	 * written; the archive is then useless
	 */
	public void make(Postgres postgres, Path data) throws IOException {
		try (Connection connection = postgres.connect("postgres");
				ArchiveWriter writer = ArchiveWriter.create(this.archive)) {
			connection.setNetworkTimeout(Runnable::run, (int) STATEMENTS_TAKE_AT_MOST.toMillis());
			// Until the connection closes, no segment from now on is recycled.
			query(connection, "SELECT pg_create_physical_replication_slot('platform_backup', true, true)");
			String first = query(connection, "SELECT pg_walfile_name(pg_backup_start('platform', true))").getFirst();
			writer.addTree(data, PostgresCopy::isCopied);
			writer.addContent(CONTROL_FILE, readWhole(data.resolve(CONTROL_FILE)));
			List<String> end = query(connection,
					"SELECT pg_walfile_name(lsn), labelfile, coalesce(spcmapfile, '') FROM pg_backup_stop()");
			if (!end.get(2).isBlank()) {
				throw new IOException("postgresql has tablespaces outside of its data directory, which are not copied");
			}
			writer.addContent("backup_label", end.get(1).getBytes(StandardCharsets.UTF_8));
			addSegments(writer, data.resolve(LOG), first, end.getFirst());
		}
		catch (SQLException ex) {
			throw new IOException("postgresql could not be copied: " + ex.getMessage(), ex);
		}
	}

	private static boolean isCopied(String name) {
		String last = name.substring(name.lastIndexOf('/') + 1);
		return !LEFT_OUT.contains(name) && !last.startsWith("pgsql_tmp") && !last.startsWith("pg_internal.init")
				&& EMPTIED.stream().noneMatch((directory) -> name.startsWith(directory + "/"));
	}

	/** The server may be writing this file, which nothing in the log repairs. */
	private static byte[] readWhole(Path file) throws IOException {
		byte[] content = Files.readAllBytes(file);
		for (byte[] again = Files.readAllBytes(file); !Arrays.equals(content, again); again = Files
			.readAllBytes(file)) {
			content = again;
		}
		return content;
	}

	private static void addSegments(ArchiveWriter writer, Path log, String first, String last) throws IOException {
		List<Path> segments = Directories.list(log)
			.stream()
			.filter((file) -> isBetween(String.valueOf(file.getFileName()), first, last))
			.sorted()
			.toList();
		if (segments.isEmpty() || !segments.getFirst().endsWith(first)) {
			throw new IOException("postgresql has removed %s from its log during the copy".formatted(first));
		}
		for (Path segment : segments) {
			writer.addFile(LOG + "/" + segment.getFileName(), segment);
		}
	}

	private static boolean isBetween(String name, String first, String last) {
		return name.matches(SEGMENT) && name.compareTo(first) >= 0 && name.compareTo(last) <= 0;
	}

	/** The columns of the only row. */
	private static List<String> query(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(sql)) {
			result.next();
			String[] columns = new String[result.getMetaData().getColumnCount()];
			for (int i = 0; i < columns.length; i++) {
				columns[i] = String.valueOf(result.getString(i + 1));
			}
			return List.of(columns);
		}
	}

	/**
	 * Extracts the copy into a data directory that does not exist yet. The server that
	 * starts there recovers it first.
	 */
	public void extract(Path data) throws IOException {
		new Archive(this.archive).extract(data);
	}

}
