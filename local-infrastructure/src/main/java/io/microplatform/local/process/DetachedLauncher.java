package io.microplatform.local.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts processes that outlive this JVM and the terminal. Each process leads a process
 * group of its own, reads nothing and ignores hang-ups. No process runs without a record:
 * its program is executed only after the record is written, and never if this JVM dies
 * before that. Thread-safe for different instances.
 */
public final class DetachedLauncher implements Launcher {

	private static final String DETACH = """
			record=$1 launcher=$2 log=$3
			shift 3
			set -m
			{
				while [ ! -e "$record" ]; do
					kill -0 "$launcher" || exit 1
					sleep 0.02
				done
				exec nohup "$@"
			} </dev/null >>"$log" 2>&1 &
			echo "$!"
			""";

	private final RunRecords records;

	private final Path logs;

	public DetachedLauncher(RunRecords records, Path logs) {
		this.records = records;
		this.logs = logs;
	}

	@Override
	public RunningProcess launch(Instance instance, Command command, Shutdown shutdown) throws IOException {
		this.records.delete(instance.instance());
		Path log = LogFile.ofOutput(this.logs, instance.instance(), command).startOver();
		List<String> arguments = new ArrayList<>(
				List.of(this.records.file(instance.instance()).toAbsolutePath().toString(),
						Long.toString(ProcessHandle.current().pid()), log.toString()));
		arguments.addAll(command.line());
		RunningProcess process = Shell.run(DETACH, arguments, command).started();
		try {
			this.records.write(RunRecord.of(instance, process, command, shutdown.endsOn()));
		}
		catch (IOException | RuntimeException ex) {
			process.kill();
			throw ex;
		}
		return process;
	}

	@Override
	public Optional<RunningProcess> running(String instance) throws IOException {
		return this.records.find(instance).flatMap(RunRecord::process);
	}

	@Override
	public void forget(String instance) throws IOException {
		this.records.delete(instance);
	}

}
