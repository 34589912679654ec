package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.microplatform.local.process.Command;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.Launcher;
import io.microplatform.local.server.Server;
import io.microplatform.local.server.StateDirectory;

/**
 * An {@link ObservabilityProgram} as a process of the platform.
 */
class ObservabilityProcess extends Server {

	private final Path program;

	private final List<String> arguments;

	private final Map<String, String> environment;

	private final Path data;

	ObservabilityProcess(Instance instance, Path program, List<String> arguments, Map<String, String> environment,
			StateDirectory state, Launcher launcher) {
		super(instance, state.logs(), launcher);
		this.program = program;
		this.arguments = arguments;
		this.environment = environment;
		this.data = state.data(instance.name()).toAbsolutePath();
	}

	/** It runs in the directory of its data. */
	@Override
	protected Command prepare() throws IOException {
		StateDirectory.createOwnerOnly(this.data);
		List<String> line = new ArrayList<>();
		line.add(this.program.toString());
		line.addAll(this.arguments);
		return new Command(line, this.environment, this.data);
	}

	@Override
	protected boolean isReady() {
		return instance().answers();
	}

}
