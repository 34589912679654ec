package io.microplatform.cli;

import java.net.URI;
import java.util.Locale;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;

import io.microplatform.lab.demo.OrderDemo;
import io.microplatform.lab.demo.StepFailedException;
import io.microplatform.lab.platform.PlatformScript;

/**
 * Shows the main job on the running platform, step by step. The launcher runs {@code up}
 * first.
 */
@Command(name = "demo", header = "up, then the main job, step by step", description = """
		Starts the platform if needed, then registers a user, places orders and shows what becomes of them, in the end
		with two instances of order-service; afterwards there are as many as before. Exits with 1 at the first step that
		does not hold.""")
final class Demo implements Callable<Integer> {

	private final Context context;

	Demo(Context context) {
		this.context = context;
	}

	@Override
	public Integer call() {
		PlatformScript script = new PlatformScript(this.context.root().resolve("platform"));
		try {
			URI gateway = new OrderDemo(this.context.platform(), script, this.context.out()).run();
			this.context.out()
				.printf(Locale.ROOT, "%nEvery step held. The gateway is %s; README.md has the same calls for curl.%n",
						gateway);
			return 0;
		}
		catch (StepFailedException ex) {
			return 1;
		}
	}

}
