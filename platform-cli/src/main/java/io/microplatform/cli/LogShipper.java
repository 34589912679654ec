package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.microplatform.local.file.Directories;
import io.microplatform.local.process.Await;
import io.microplatform.local.process.Command;
import io.microplatform.local.process.Http;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.Launcher;
import io.microplatform.local.server.StateDirectory;

/**
 * An rsyslogd that sends the lines of the log files to the {@link LogStore}. It is
 * independent of the rsyslogd of the system. It starts after the store has the index
 * template, because an earlier line would create an index without the template.
 */
final class LogShipper extends ObservabilityProcess {

	/** The files for lines that the store rejects, in the directory of the shipper. */
	static final List<String> NOT_SHIPPED = List.of("rejected.json", "refused.json");

	private static final Duration STORE_TAKES_AT_MOST = Duration.ofMinutes(2);

	/**
	 * The positions in small files, which rsyslogd identifies only by their inodes. A new
	 * file may have the inode of a deleted one. A file without a position is read again,
	 * and its documents keep their ids.
	 */
	private static final Pattern POSITION_BY_INODE = Pattern.compile("imfile-state:\\d+");

	private final Path pidFile;

	private final Instance store;

	LogShipper(Instance instance, Path program, Path configuration, Path pidFile, StateDirectory state,
			Launcher launcher, Instance store) {
		super(instance, program, List.of("-n", "-f", configuration.toString(), "-i", pidFile.toString()), Map.of(),
				state, launcher);
		this.pidFile = pidFile;
		this.store = store;
	}

	@Override
	protected Command prepare() throws IOException {
		Files.deleteIfExists(this.pidFile);
		for (Path file : Directories.list(this.pidFile.resolveSibling(""))) {
			if (POSITION_BY_INODE.matcher(String.valueOf(file.getFileName())).matches()) {
				Files.delete(file);
			}
		}
		String template = LogStore.templateOf(this.store);
		if (!Await.until(STORE_TAKES_AT_MOST, () -> Http.isOk(template))) {
			throw new IOException(
					"%s was not started: %s is not ready".formatted(instance().instance(), this.store.instance()));
		}
		return super.prepare();
	}

	/** rsyslogd writes the file after it has read its configuration. */
	@Override
	protected boolean isReady() {
		return Files.exists(this.pidFile);
	}

}
