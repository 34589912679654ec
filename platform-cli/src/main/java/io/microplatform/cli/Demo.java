package io.microplatform.cli;

import java.net.URI;
import java.util.Locale;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import io.microplatform.lab.demo.OrderDemo;
import io.microplatform.lab.demo.StepFailedException;
import io.microplatform.lab.platform.PlatformScript;

/**
 * Shows the main job on the running platform, step by step. The launcher runs {@code up}
 * first, unless the platform is elsewhere.
 */
@Command(name = "demo", header = "up, then the main job, step by step", description = """
		Starts the platform if needed, then registers a user, places orders and shows what becomes of them, in the end
		with two instances of order-service; afterwards there are as many as before. Exits with 1 at the first step that
		does not hold. With --base-url it starts nothing, and leaves out the refresh, the scaling and the cache, and
		without the addresses of the stores the events too.""")
final class Demo implements Callable<Integer> {

	private final Context context;

	@Mixin
	private PlatformLocation location = new PlatformLocation();

	Demo(Context context) {
		this.context = context;
	}

	@Override
	public Integer call() {
		OrderDemo demo = this.location.remote()
			.map((remote) -> OrderDemo.on(remote, this.context.out()))
			.orElseGet(this::here);
		try {
			URI gateway = demo.run();
			this.context.out()
				.printf(Locale.ROOT, "%nEvery step held. The gateway is %s; README.md has the same calls for curl.%n",
						gateway);
			return 0;
		}
		catch (StepFailedException ex) {
			return 1;
		}
	}

	private OrderDemo here() {
		return OrderDemo.on(this.context.platform(), new PlatformScript(this.context.root().resolve("platform")),
				this.context.out());
	}

}
