package io.microplatform.local.cli;

import java.io.IOException;

import tools.jackson.databind.json.JsonMapper;

/**
 * Says what runs.
 */
final class Status {

	private final Context context;

	private final boolean json;

	Status(Context context, boolean json) {
		this.context = context;
		this.json = json;
	}

	void run() throws IOException {
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
