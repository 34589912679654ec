package io.microplatform.cli;

import java.io.IOException;

import tools.jackson.databind.json.JsonMapper;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Prints the state of every process.
 */
@Command(name = "status", header = "what is running", description = """
		Shows every process on record: service, instance, port, pid, memory, state, release, configuration and
		URL; then the weights of releases, if there are any.""")
final class Status implements Action {

	private final Context context;

	@Option(names = "--json", description = "the same as JSON; \"state\" is UP, DEGRADED or DOWN")
	private boolean json;

	Status(Context context) {
		this.context = context;
	}

	@Override
	public void run() throws IOException {
		Overview overview = Overview.of(this.context);
		if (this.json) {
			this.context.out()
				.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(overview));
		}
		else if (overview.processes().isEmpty()) {
			this.context.out().println("nothing is running; ./platform up starts the platform");
		}
		else {
			this.context.out().print(new Table(overview));
			this.context.out().println(overview.state());
		}
	}

}
