package io.microplatform.acceptance.outage;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.microplatform.acceptance.fixture.FullRun;
import io.microplatform.lab.audit.AuditReport;
import io.microplatform.lab.audit.PlatformAudit;
import io.microplatform.lab.load.CallResult;
import io.microplatform.lab.load.LoadReport;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.local.TestDisk;
import io.microplatform.local.kafka.Kafka;
import io.microplatform.local.postgres.Postgres;
import io.microplatform.local.process.RunningProcess;
import io.microplatform.local.redis.Redis;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of a platform whose disk is full, and whose machine loses its power. Its state
 * directory is on a disk of its own, which requires root.
 */
@FullRun
class DiskFailureTests {

	private static final int MEBIBYTES = 8 * 1024;

	private static final Duration BEFORE = Duration.ofSeconds(10);

	private static final Duration FULL = Duration.ofSeconds(20);

	private static final Duration FAILS_WITHIN = Duration.ofSeconds(60);

	private static final String INTERNAL_ERROR = "500";

	private static final String UNAVAILABLE = "503";

	/** Uses up the files of the write-ahead log that PostgreSQL has prepared. */
	private static final List<String> WRITES = List.of("select pg_logical_emit_message(true, 'test', 'x')",
			"select pg_switch_wal()");

	@TempDir
	private static Path directory;

	private static @Nullable TestDisk mounted;

	private static @Nullable PrivatePlatform started;

	@BeforeAll
	static void start() throws IOException {
		Path root = Path.of(Objects.requireNonNull(System.getProperty("platform.root")));
		// The state directory of the platform, with a lost+found that it never deletes.
		mounted = TestDisk.mount(directory.resolve("platform"), MEBIBYTES);
		started = PrivatePlatform.start(root, directory);
		// They are written to the disk, too.
		started.awaitTraining();
	}

	@AfterAll
	static void stop() throws IOException {
		if (started != null) {
			started.close();
		}
		if (mounted != null) {
			mounted.close();
		}
	}

	private static PrivatePlatform platform() {
		return Objects.requireNonNull(started);
	}

	private static TestDisk disk() {
		return Objects.requireNonNull(mounted);
	}

	@Test
	void nothingIsLostWhileTheDiskIsFull() throws IOException {
		try (BackgroundLoad load = new BackgroundLoad(platform())) {
			load.continueFor(BEFORE);
			Map<String, Long> before = platform().pids();
			disk().fill();
			Instant full = Instant.now();
			await().atMost(FAILS_WITHIN).until(() -> {
				writeToTheDatabase();
				return load.between(full, Instant.now()).kinds().containsKey(UNAVAILABLE);
			});
			load.continueFor(FULL);
			disk().free();

			platform().up();

			load.awaitRecovery();
			load.assertEveryOrderIsConfirmed();
			Map<String, Long> after = platform().pids();
			List.of(Postgres.NAME, Kafka.NAME, Redis.NAME).forEach((store) -> {
				before.remove(store);
				after.remove(store);
			});
			assertThat(after).as("instances continue to run").isEqualTo(before);
			assertThatNoReplyIsWrong(load.stop());
		}
		assertThatTheAuditIsClean();
	}

	@Test
	void nothingIsLostInAPowerFailure() throws IOException {
		try (BackgroundLoad load = new BackgroundLoad(platform())) {
			load.continueFor(BEFORE);
			List<RunningProcess> processes = platform().processes()
				.processes()
				.stream()
				.flatMap((process) -> process.process().stream())
				.toList();
			disk().losePower();
			processes.forEach(RunningProcess::kill);
			disk().remount();

			platform().up();

			load.awaitRecovery();
			load.assertEveryOrderIsConfirmed();
			assertThatNoReplyIsWrong(load.stop());
		}
		assertThatTheAuditIsClean();
	}

	/** Fails when PostgreSQL cannot write. */
	private static void writeToTheDatabase() {
		try (Connection connection = platform().processes().connect("order_service");
				Statement statement = connection.createStatement()) {
			for (String write : WRITES) {
				statement.execute(write);
			}
		}
		catch (SQLException ex) {
			// As the services notice.
		}
	}

	private static void assertThatNoReplyIsWrong(LoadReport report) {
		assertThat(report.kinds()).as(report.toString()).doesNotContainKeys(CallResult.WRONG, INTERNAL_ERROR);
	}

	private static void assertThatTheAuditIsClean() {
		PlatformAudit audit = new PlatformAudit(platform().processes(), PlatformAudit.DEFAULT_BOUND);
		audit.awaitQuiet();
		AuditReport report = AuditReport.of(audit);
		assertThat(report.isClean()).as(report.toString()).isTrue();
	}

}
