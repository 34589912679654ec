package io.microplatform.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The definition of {@code ./platform test}. The launcher runs the tests, because a build
 * that does not compile has no command line.
 */
@Command(name = "test", header = "the test suite",
		description = "Runs the test suite. It needs nothing that runs, and leaves nothing running.")
final class Test implements Action {

	@Option(names = "--full", description = """
			the long drills too; and the tests of the command line and of the local infrastructure once more with
			LC_ALL=fa_IR.UTF-8, TZ=JST and directories named "Jürgen, x\"""")
	private boolean full;

	@Override
	public void run() throws CommandFailedException {
		throw new CommandFailedException("the tests run outside of the command line: `mvn verify"
				+ (this.full ? " -Dplatform.tests=full`" : "`"));
	}

}
