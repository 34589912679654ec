package io.microplatform.local.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.microplatform.local.process.Command;
import io.microplatform.local.process.CurrentJava;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.Launcher;
import io.microplatform.local.server.Server;
import io.microplatform.local.server.StateDirectory;

/**
 * An instance of one of the platform's services, as a JVM of its own. What it gets to
 * know is also written to a file from which it can be run by hand.
 */
final class ServiceProcess extends Server {

	private final Path root;

	private final StateDirectory state;

	private final Map<String, String> environment;

	ServiceProcess(Instance instance, Map<String, String> environment, Path root, StateDirectory state,
			Launcher launcher) {
		super(instance, state.logs(), launcher);
		this.environment = environment;
		this.root = root;
		this.state = state;
	}

	void writeEnvironment() throws IOException {
		StateDirectory.writeSecret(this.state.environment(instance().name()),
				this.environment.entrySet()
					.stream()
					.sorted(Map.Entry.comparingByKey())
					.map((entry) -> "%s='%s'\n".formatted(entry.getKey(), entry.getValue().replace("'", "'\\''")))
					.collect(Collectors.joining()));
	}

	/** Whether it runs, and its jar has been built anew since. */
	boolean runsAnOlderBuild() throws IOException {
		return process().isPresent() && !jar().isExtracted();
	}

	private ServiceJar jar() {
		String name = instance().name();
		return new ServiceJar(this.root.resolve(name).resolve("target").resolve(name + ".jar"), home());
	}

	private Path home() {
		return this.state.apps().resolve(instance().name()).toAbsolutePath();
	}

	@Override
	protected Command prepare() throws IOException {
		List<String> line = new ArrayList<>();
		line.add(CurrentJava.executable());
		line.addAll(Jvm.FLAGS);
		line.addAll(List.of("-jar", jar().extracted().toString()));
		return new Command(line, this.environment, home());
	}

	@Override
	protected boolean isReady() {
		return instance().answers();
	}

}
