package io.microplatform.local.process;

import java.io.IOException;
import java.util.Optional;

/**
 * Starts processes without leaving orphans: a process is bound to the life of this JVM,
 * or has a record.
 */
public interface Launcher {

	/**
	 * Starts the process with its output in the log file.
	 * @param shutdown how this program is made to end
	 * @throws IOException when it cannot be started
	 */
	RunningProcess launch(Instance instance, Command command, Shutdown shutdown) throws IOException;

	/** The process that was started as this instance, when it is alive. */
	Optional<RunningProcess> running(String instance) throws IOException;

	/** Says that the instance was ended on purpose. */
	void forget(String instance) throws IOException;

}
