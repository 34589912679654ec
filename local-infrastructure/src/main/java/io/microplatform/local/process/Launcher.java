package io.microplatform.local.process;

import java.io.IOException;
import java.util.Optional;

/**
 * Starts processes without leaving orphans: a process is bound to the life of this JVM,
 * or has a record.
 */
public interface Launcher {

	/**
	 * Starts the process. Its output is written to the log file, or to a separate file if
	 * the command makes the process write its own log.
	 * @param shutdown how this program is made to end
	 * @throws IOException when it cannot be started
	 */
	RunningProcess launch(Instance instance, Command command, Shutdown shutdown) throws IOException;

	/** The process that was started as this instance, when it is alive. */
	Optional<RunningProcess> running(String instance) throws IOException;

	/** Says that the instance was ended on purpose. */
	void forget(String instance) throws IOException;

}
