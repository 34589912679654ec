package io.microplatform.local.process;

import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The record of a process that outlives the command that started it.
 *
 * @param name see {@link Instance}
 * @param instance see {@link Instance}
 * @param pid its process id, and that of its process group
 * @param startInstant when it started, for people
 * @param startMark when it started, as it is compared so that a later process with the
 * same pid is not taken for it
 * @param port see {@link Instance}
 * @param managementPort see {@link Instance}
 * @param url see {@link Instance}
 * @param readinessUrl see {@link Instance}
 * @param configVersion see {@link Instance}
 * @param release see {@link Instance}; unknown in older records
 * @param command what was started, which names the build; unknown in older records
 * @param endsOn the signal upon which it ends in good order
 */
public record RunRecord(String name, String instance, long pid, String startInstant, String startMark, int port,
		@Nullable Integer managementPort, String url, @Nullable String readinessUrl, @Nullable String configVersion,
		@Nullable String release, @Nullable String command, Signal endsOn) {

	public RunRecord {
		if (pid < 1) {
			throw new IllegalArgumentException("no process has the id " + pid);
		}
		Objects.requireNonNull(name);
		Objects.requireNonNull(instance);
		Objects.requireNonNull(startMark);
		Objects.requireNonNull(url);
		Objects.requireNonNull(endsOn);
	}

	/**
	 * The record of a process that was found without one.
	 * @param name what it is an instance of
	 */
	public static RunRecord ofFound(String name, RunningProcess process, Signal endsOn) {
		return new RunRecord(name, name, process.pid(), process.startInstant().toString(), process.mark(), 0, null, "",
				null, null, null, null, endsOn);
	}

	static RunRecord of(Instance instance, RunningProcess process, Command command, Signal endsOn) {
		return new RunRecord(instance.name(), instance.instance(), process.pid(), process.startInstant().toString(),
				process.mark(), instance.port(), instance.managementPort(), instance.url(), instance.readinessUrl(),
				instance.configVersion(), instance.release(), command.toString(), endsOn);
	}

	public Instance asInstance() {
		return new Instance(this.name, this.instance, this.port, this.managementPort, this.url, this.readinessUrl,
				this.configVersion, this.release);
	}

	/** The process itself, when it is still alive. */
	public Optional<RunningProcess> process() {
		return Optional.of(new RunningProcess(this.pid, this.startMark)).filter(RunningProcess::isAlive);
	}

}
