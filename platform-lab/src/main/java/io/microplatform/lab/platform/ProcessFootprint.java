package io.microplatform.lab.platform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.microplatform.local.process.Ports;
import io.microplatform.local.process.RunRecord;

/**
 * The processes and ports of a running platform, to check later that they are gone.
 *
 * @param processes the recorded processes
 * @param ports the ports that accepted connections
 * @param state the state directory, which appears in the command line of each process
 */
public record ProcessFootprint(List<RunRecord> processes, List<Integer> ports, Path state) {

	static ProcessFootprint of(RunningPlatform platform, Path state, PlatformPorts configured) {
		List<RunRecord> processes = platform.processes();
		Stream<Integer> recorded = processes.stream()
			.flatMap((process) -> Stream.of(process.port(),
					Objects.requireNonNullElse(process.managementPort(), process.port())));
		List<Integer> ports = Stream.concat(recorded, configured.ports().values().stream())
			.distinct()
			.filter(Ports::isListening)
			.toList();
		return new ProcessFootprint(processes, ports, state);
	}

	/**
	 * Returns what is still in use.
	 * @return a description of each process and port; empty if the platform is gone
	 */
	public List<String> remaining() {
		List<String> remaining = new ArrayList<>();
		this.processes.stream()
			.filter((process) -> ProcessHandle.of(process.pid()).filter(ProcessFootprint::isRunning).isPresent())
			.forEach((process) -> remaining.add(process.instance() + " still runs as process " + process.pid()));
		this.ports.stream()
			.filter(Ports::isListening)
			.forEach((port) -> remaining.add("port " + port + " accepts connections"));
		ProcessHandle.allProcesses()
			.filter((process) -> process.info().commandLine().orElse("").contains(this.state.toString() + "/"))
			.forEach((process) -> remaining.add("process " + process.pid() + " uses the state directory: "
					+ process.info().commandLine().orElse("")));
		return remaining;
	}

	/**
	 * Whether a process runs. A zombie has a process id but no command.
	 */
	private static boolean isRunning(ProcessHandle process) {
		return process.isAlive() && process.info().command().isPresent();
	}

}
