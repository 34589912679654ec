package io.microplatform.local.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.microplatform.local.process.RunRecords;
import io.microplatform.local.server.StateDirectory;

/**
 * What a command works with.
 *
 * @param root the checkout
 * @param state where the platform keeps everything
 * @param environment what the user chose
 * @param out where progress and results go
 * @param started when the command was given
 */
record Context(Path root, StateDirectory state, Map<String, String> environment, PrintStream out, Instant started) {

	/** What is said of a damaged file. */
	static final String DAMAGED = " is damaged and not used: `./platform up` or `./platform down` repairs it";

	RunRecords records() {
		return new RunRecords(this.state.run());
	}

	/** Files that cannot be understood, and are left out of account. */
	List<Path> damaged() throws IOException {
		List<Path> damaged = new ArrayList<>(records().damaged());
		damaged.addAll(new AotTraining(this).damaged());
		for (Remembered remembered : List.of(wanted().remembered(), releases().remembered())) {
			if (remembered.isDamaged()) {
				damaged.add(remembered.file());
			}
		}
		return damaged;
	}

	WantedInstances wanted() {
		return new WantedInstances(this.state.root().resolve(WantedInstances.FILE));
	}

	/** Who gives the command, for the record. */
	String user() {
		return System.getProperty("user.name", "somebody");
	}

	NamedReleases releases() {
		return new NamedReleases(this.state.root().resolve(NamedReleases.FILE));
	}

	/** Instead of the repository below, if there is one. */
	GitChoice git() {
		return GitChoice.of(this.environment);
	}

	Path configRepository() {
		String elsewhere = this.environment.getOrDefault("PLATFORM_CONFIG_REPO", "");
		return elsewhere.isBlank() ? this.root.resolve("config-repo") : Path.of(elsewhere);
	}

}
