package io.microplatform.cli;

import java.io.IOException;
import java.util.concurrent.Callable;

/**
 * A command that succeeds when {@link #run()} returns without an exception.
 */
interface Action extends Callable<Integer> {

	/**
	 * Executes the command.
	 * @throws CommandFailedException if the command cannot do what it says
	 */
	void run() throws IOException, CommandFailedException;

	@Override
	default Integer call() throws IOException, CommandFailedException {
		run();
		return 0;
	}

}
