package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import picocli.CommandLine;

import io.microplatform.local.process.Command;
import io.microplatform.local.process.CurrentJava;
import io.microplatform.local.process.DetachedLauncher;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.NeutralLocale;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunRecords;
import io.microplatform.local.process.RunningProcess;
import io.microplatform.local.process.Shutdown;

/**
 * Trains the missing {@link AotCache}s in a background process of the lowest priority,
 * which outlives the command that started it. Nothing depends on it: if it fails or is
 * stopped, services start without a cache, and the next {@code up} starts it again.
 */
@CommandLine.Command(name = AotTraining.COMMAND, hidden = true)
final class AotTraining implements Action {

	static final String COMMAND = "train";

	static final String RECORDS = "training";

	private static final String NAME = "aot-training";

	private final Context context;

	private final RunRecords records;

	AotTraining(Context context) {
		this.context = context;
		this.records = new RunRecords(context.state().root().resolve(RECORDS));
	}

	/** Returns at once. */
	void begin(Fleet fleet) throws IOException {
		boolean needed = false;
		for (ServiceProcess service : fleet.services().toList()) {
			needed |= service.isUntrained();
		}
		if (needed && process().isEmpty()) {
			new DetachedLauncher(this.records, this.context.state().logs())
				.launch(new Instance(NAME, NAME, 0, null, "", null, null), command(), Shutdown.USUAL);
		}
	}

	/** This very program, with the same settings. */
	private Command command() {
		Map<String, String> environment = new HashMap<>(this.context.environment());
		environment.keySet().removeIf((name) -> !name.startsWith("PLATFORM_"));
		Path root = this.context.root();
		List<String> line = new ArrayList<>(List.of("nice", "-n", "19", CurrentJava.executable()));
		line.addAll(NeutralLocale.JVM_FLAGS);
		line.addAll(List.of("-XX:+UseSerialGC", "-Xmx64m",
				// Tells whose it is, should its record be lost.
				"-Dplatform.training=" + this.records.directory() + "/", "-Dplatform.root=" + root, "-cp",
				System.getProperty("java.class.path"), Platform.class.getName(), COMMAND));
		return new Command(line, environment, root);
	}

	/** Trains one service after another. */
	@Override
	public void run() throws IOException, CommandFailedException {
		for (ServiceProcess service : LivePlatform.of(this.context).fleet().services().toList()) {
			if (service.isUntrained()) {
				service.train();
				this.context.out().println("✓ " + service.instance().name());
			}
		}
	}

	Optional<RunningProcess> process() throws IOException {
		return this.records.find(NAME).flatMap(RunRecord::process);
	}

	List<Path> damaged() throws IOException {
		return this.records.damaged();
	}

	/** Ends it where it is; a cache that is being made is thrown away. */
	void end() throws IOException {
		process().ifPresent(RunningProcess::kill);
		this.records.delete(NAME);
	}

}
