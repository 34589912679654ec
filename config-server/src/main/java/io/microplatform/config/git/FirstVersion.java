package io.microplatform.config.git;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import io.microplatform.config.refresh.RefreshReport;
import io.microplatform.config.refresh.Refreshes;
import io.microplatform.config.snapshot.PublishedSnapshots;
import io.microplatform.configfiles.FileNote;
import io.microplatform.configfiles.GitOrigin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/**
 * Brings the first commit of all, as soon as the repository can be reached: unless a
 * version of this origin is published. It tries until it succeeds. When the repository
 * answers and has no usable configuration, instances that wait are told at once.
 */
class FirstVersion implements ApplicationRunner {

	private static final Logger log = LoggerFactory.getLogger(FirstVersion.class);

	private static final String BY = "config-server";

	private static final String HOW = "first start";

	private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);

	private final GitOrigin origin;

	private final GitSource source;

	private final PublishedSnapshots snapshots;

	private final Refreshes refreshes;

	/** The last reason that was logged: each is logged once. */
	private String reason = "";

	FirstVersion(GitOrigin origin, GitSource source, PublishedSnapshots snapshots, Refreshes refreshes) {
		this.origin = origin;
		this.source = source;
		this.snapshots = snapshots;
		this.refreshes = refreshes;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		Thread.ofVirtual().name("first-version").start(() -> {
			while (!isPublished()) {
				bring();
				LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
			}
		});
	}

	private boolean isPublished() {
		return this.snapshots.published().filter(this.origin::isOf).isPresent();
	}

	private void bring() {
		try {
			GitVersion version = this.source.newest();
			version.leftOut().forEach((note) -> log.warn("In Git, {}", note));
			if (version.problems().isEmpty()) {
				bring(version.version());
			}
			else {
				refuse(version.problems().stream().map(FileNote::toString).collect(Collectors.joining("; ")));
			}
		}
		catch (NoSuchCommitException ex) {
			refuse(String.valueOf(ex.getMessage()));
		}
		catch (RuntimeException ex) {
			tell(String.valueOf(ex.getMessage()));
		}
	}

	private void bring(String version) {
		if (this.snapshots.published().isEmpty()) {
			// There is no instance yet that could check it.
			this.refreshes.begin(version, BY, HOW);
			return;
		}
		RefreshReport report = this.refreshes.refresh(version, BY, HOW);
		if (!report.problems().isEmpty()) {
			tell("%s, refused: %s".formatted(version, report.problems()));
		}
	}

	private void refuse(String why) {
		this.snapshots.refuse(why);
		tell(why);
	}

	private void tell(String why) {
		if (!why.equals(this.reason)) {
			this.reason = why;
			log.warn("There is no configuration from Git yet: {}", why);
		}
	}

}
