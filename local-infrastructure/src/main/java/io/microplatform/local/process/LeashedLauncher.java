package io.microplatform.local.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Starts processes that end when this JVM ends, in whatever way it does: each hangs on a
 * pipe that only this JVM holds open, and a small shell at the other end acts when the
 * pipe closes. That shell is in a process group of its own, so that what kills the JVM's
 * whole group does not kill it too. Thread-safe.
 */
public final class LeashedLauncher implements Launcher {

	private static final String LEASH = """
			log=$1 crash=$2
			shift 2
			set -m
			exec 3<&0 2>/dev/null
			leash() {
				trap : HUP INT TERM
				set -m
				"$@" </dev/null >>"$log" 2>&1 3<&- &
				child=$!
				echo "$child"
				cat <&3 >/dev/null
				kill -s "$crash" "$child" || exit 0
				kill -s CONT "$child"
				for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
					kill -0 "$child" || exit 0
					sleep 0.1
				done
				pkill -KILL -P "$child"
				kill -KILL "$child"
			}
			leash "$@" &
			wait
			""";

	private final Path logs;

	private final Map<String, Leash> leashes = new ConcurrentHashMap<>();

	public LeashedLauncher(Path logs) {
		this.logs = logs;
	}

	@Override
	public RunningProcess launch(Instance instance, Command command, Shutdown shutdown) throws IOException {
		forget(instance.instance());
		Path log = LogFile.ofOutput(this.logs, instance.instance(), command).startOver();
		List<String> arguments = new ArrayList<>(List.of(log.toString(), shutdown.crashesOn().name()));
		arguments.addAll(command.line());
		Shell shell = Shell.run(LEASH, arguments, command);
		RunningProcess process = shell.started();
		this.leashes.put(instance.instance(), new Leash(shell, process));
		return process;
	}

	@Override
	public Optional<RunningProcess> running(String instance) {
		@Nullable Leash leash = this.leashes.get(instance);
		return Optional.ofNullable(leash).map(Leash::process).filter(RunningProcess::isAlive);
	}

	@Override
	public void forget(String instance) throws IOException {
		@Nullable Leash leash = this.leashes.remove(instance);
		if (leash != null) {
			leash.shell().close();
		}
	}

	private record Leash(Shell shell, RunningProcess process) {
	}

}
