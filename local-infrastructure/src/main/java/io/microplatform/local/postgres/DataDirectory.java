package io.microplatform.local.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.microplatform.local.file.AtomicDirectory;
import io.microplatform.local.file.AtomicFile;
import io.microplatform.local.file.Directories;
import io.microplatform.local.process.Await;
import io.microplatform.local.process.OperatingSystem;
import io.microplatform.local.process.RunningProcess;
import io.microplatform.local.process.Tool;
import io.microplatform.local.server.StateDirectory;

/**
 * The data directory of a PostgreSQL server.
 *
 * @param path the directory
 */
record DataDirectory(Path path) {

	private static final Duration LAST_BACKENDS_END = Duration.ofSeconds(10);

	private static final Duration INITDB_TAKES_AT_MOST = Duration.ofSeconds(90);

	/**
	 * Makes the directory unless it is there. It appears as a whole, so that an
	 * interrupted start leaves nothing that looks like a database.
	 */
	void initialize(PostgresProgram program, String superuser, String password) throws IOException {
		if (Files.exists(this.path.resolve("PG_VERSION"))) {
			return;
		}
		if (!Directories.list(this.path).isEmpty()) {
			throw new IOException(this.path + " has no PG_VERSION, but other files: restore it, or delete all data with"
					+ " `./platform down --purge`");
		}
		StateDirectory.createOwnerOnly(this.path.resolveSibling(""));
		Path fresh = this.path.resolveSibling(this.path.getFileName() + ".new");
		Path passwordFile = this.path.resolveSibling(this.path.getFileName() + ".password");
		Directories.delete(fresh);
		StateDirectory.writeSecret(passwordFile, password + "\n");
		try {
			Tool.run("initdb",
					program.line("initdb", "--pgdata=" + fresh, "--username=" + superuser, "--pwfile=" + passwordFile,
							"--auth-host=scram-sha-256", "--auth-local=scram-sha-256", "--encoding=UTF8", "--locale=C"),
					INITDB_TAKES_AT_MOST);
		}
		finally {
			Files.delete(passwordFile);
		}
		new AtomicDirectory(this.path).create(fresh);
	}

	/**
	 * Makes a start after a crash possible. PostgreSQL itself replaces the pid file of a
	 * dead postmaster, but not when another process has got its pid since, nor while its
	 * parent has not taken note of its death; and it refuses to start while the dead
	 * one's last children still end. The file is left alone while anything works in the
	 * directory, and where the system does not tell whether something does.
	 */
	void recover() throws IOException {
		Await.until(LAST_BACKENDS_END, () -> processesIn().isEmpty());
		Path pidFile = this.path.resolve("postmaster.pid");
		if (OperatingSystem.isLinux() && Files.exists(pidFile) && processesIn().isEmpty()
				&& !isPostgres(pidOf(pidFile))) {
			Files.delete(pidFile);
		}
	}

	private static long pidOf(Path pidFile) throws IOException {
		return new AtomicFile(pidFile).read()
			.flatMap((content) -> content.lines().findFirst())
			.map(String::strip)
			.filter((pid) -> pid.matches("\\d{1,18}"))
			.map(Long::valueOf)
			.orElse(0L);
	}

	private static boolean isPostgres(long pid) {
		return RunningProcess.of(pid)
			.flatMap((process) -> ProcessHandle.of(process.pid()))
			.flatMap((handle) -> handle.info().command())
			.filter((command) -> command.endsWith("/postgres"))
			.isPresent();
	}

	/**
	 * Processes that work in this directory, as all of one PostgreSQL's do. Only Linux
	 * tells; elsewhere PostgreSQL's own check has to do.
	 */
	private List<Path> processesIn() {
		try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
			Path here = this.path.toRealPath();
			return processes.map((process) -> process.resolve("cwd")).filter((cwd) -> leadsTo(cwd, here)).toList();
		}
		catch (IOException noSuchFileSystem) {
			return List.of();
		}
	}

	private static boolean leadsTo(Path link, Path target) {
		try {
			return Files.readSymbolicLink(link).equals(target);
		}
		catch (IOException | UnsupportedOperationException notOurs) {
			return false;
		}
	}

}
