package io.microplatform.local.process;

import java.time.Duration;

/**
 * The CPU time of a process and its children.
 */
public final class CpuTime {

	private CpuTime() {
	}

	/**
	 * The time that processors have spent on them, in user and system mode; children that
	 * have ended are left out.
	 */
	public static Duration of(RunningProcess process) {
		return process.tree()
			.stream()
			.flatMap((pid) -> ProcessHandle.of(pid).stream())
			.flatMap((handle) -> handle.info().totalCpuDuration().stream())
			.reduce(Duration.ZERO, Duration::plus);
	}

}
