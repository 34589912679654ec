package io.microplatform.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Prints a completion script that {@link AutoComplete} generates from the definitions of
 * the commands.
 */
@Command(name = "completion", header = "a completion script for bash and zsh",
		description = "Prints a completion script for bash and zsh: source <(./platform completion)")
final class Completion implements Action {

	private final Context context;

	@Spec
	private CommandSpec spec;

	Completion(Context context) {
		this.context = context;
	}

	@Override
	public void run() {
		this.context.out().print(AutoComplete.bash("platform", this.spec.root().commandLine()));
	}

}
