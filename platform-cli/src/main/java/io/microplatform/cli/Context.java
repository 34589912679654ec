package io.microplatform.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.microplatform.lab.platform.RunningPlatform;
import io.microplatform.local.process.RunRecords;
import io.microplatform.local.server.StateDirectory;
import io.microplatform.local.service.BusinessServices;

/**
 * The environment of a command.
 *
 * @param catalog the business services of the checkout
 * @param root the checkout
 * @param state where the platform keeps everything
 * @param environment what the user chose
 * @param out where results go, and the progress of commands that change the platform
 * @param err where errors go, and the progress of measurements
 * @param started when the command was given
 */
record Context(ServiceCatalog catalog, Path root, StateDirectory state, Map<String, String> environment,
		PrintStream out, PrintStream err, Instant started) {

	/** What is said of a damaged file. */
	static final String DAMAGED = " is damaged and not used: `./platform up` or `./platform down` repairs it";

	Context(Path root, StateDirectory state, Map<String, String> environment, PrintStream out, PrintStream err,
			Instant started) {
		this(new ServiceCatalog(root), root, state, environment, out, err, started);
	}

	/** The business services of the checkout. */
	BusinessServices business() throws IOException {
		return this.catalog.services();
	}

	/** The names of the servers and the business services. */
	List<String> services() throws IOException {
		return Stream.concat(Plan.SERVERS.stream(), business().names().stream()).toList();
	}

	/** The names of everything that runs, without the observability programs. */
	List<String> names() throws IOException {
		return Stream.concat(Plan.INFRASTRUCTURE.stream(), services().stream()).toList();
	}

	/** The platform of this checkout, as its clients see it. */
	RunningPlatform platform() {
		return new RunningPlatform(this.state.root());
	}

	RunRecords records() {
		return new RunRecords(this.state.run());
	}

	/** Files that cannot be understood, and are left out of account. */
	List<Path> damaged() throws IOException {
		List<Path> damaged = new ArrayList<>(records().damaged());
		damaged.addAll(new AotTraining(this).damaged());
		for (StateFile remembered : List.of(wanted().remembered(), releases().remembered())) {
			if (remembered.isDamaged()) {
				damaged.add(remembered.file());
			}
		}
		return damaged;
	}

	DesiredInstances wanted() {
		return new DesiredInstances(this.state.root().resolve(DesiredInstances.FILE));
	}

	/** The user who runs the command, for the history. */
	String user() {
		return System.getProperty("user.name", "unknown");
	}

	DesiredReleases releases() {
		return new DesiredReleases(this.state.root().resolve(DesiredReleases.FILE));
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
