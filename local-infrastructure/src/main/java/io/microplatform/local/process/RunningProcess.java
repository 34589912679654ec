package io.microplatform.local.process;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A process of the platform, identified by its pid and its start.
 */
public final class RunningProcess {

	private static final Duration KILL_TAKES_AT_MOST = Duration.ofSeconds(5);

	private final long pid;

	private final String mark;

	RunningProcess(long pid, String mark) {
		this.pid = pid;
		this.mark = mark;
	}

	/** The process with that pid, when it is alive. */
	public static Optional<RunningProcess> of(long pid) {
		return ProcessMark.of(pid).map((mark) -> new RunningProcess(pid, mark));
	}

	public long pid() {
		return this.pid;
	}

	String mark() {
		return this.mark;
	}

	Instant startInstant() {
		return handle().flatMap((handle) -> handle.info().startInstant()).orElseGet(Instant::now);
	}

	public boolean isAlive() {
		return ProcessMark.of(this.pid).filter(this.mark::equals).isPresent();
	}

	/** Pids of the process and of all that descend from it, itself first. */
	public List<Long> tree() {
		if (!isAlive()) {
			return List.of();
		}
		Stream<Long> descendants = handle().stream().flatMap(ProcessHandle::descendants).map(ProcessHandle::pid);
		return Stream.concat(Stream.of(this.pid), descendants).toList();
	}

	/** Sends a signal to the process alone. */
	public void signal(Signal signal) {
		if (isAlive()) {
			signal.send(List.of(this.pid));
		}
	}

	/** Holds the process and its children where they are. */
	public void pause() {
		Signal.STOP.send(tree());
	}

	public void resume() {
		Signal.CONT.send(tree());
	}

	/** Ends the process and its children at once; returns when they are gone. */
	public void kill() {
		List<RunningProcess> members = new ArrayList<>();
		tree().forEach((member) -> of(member).ifPresent(members::add));
		Signal.KILL.send(members.stream().map(RunningProcess::pid).toList());
		members.forEach((member) -> member.awaitEnd(KILL_TAKES_AT_MOST));
	}

	/**
	 * Asks the process to end, and ends it and its children by force when it takes longer
	 * than that.
	 * @return whether it ended by itself
	 */
	public boolean stop(Signal signal, Duration patience) {
		signal(signal);
		Signal.CONT.send(tree());
		if (awaitEnd(patience)) {
			return true;
		}
		kill();
		return false;
	}

	boolean awaitEnd(Duration patience) {
		return Await.until(patience, () -> !isAlive());
	}

	private Optional<ProcessHandle> handle() {
		return ProcessHandle.of(this.pid);
	}

}
