package io.microplatform.acceptance;

import java.io.PrintStream;
import java.net.URI;
import java.util.Locale;

import io.microplatform.acceptance.demo.OrderStory;
import io.microplatform.acceptance.demo.StepFailedException;
import io.microplatform.acceptance.platform.PlatformScript;
import io.microplatform.acceptance.platform.RunningPlatform;

/**
 * The main job on the running platform, step by step; what {@code ./platform demo} runs
 * once the platform is up. Ends with 1 at the first step that does not hold.
 */
public final class Demo {

	private Demo() {
	}

	/**
	 * Runs the demonstration.
	 * @param args none
	 */
	public static void main(String[] args) {
		System.exit(run(RunningPlatform.ofThisCheckout(), PlatformScript.ofThisCheckout(), Terminal.out()));
	}

	static int run(RunningPlatform platform, PlatformScript script, PrintStream out) {
		try {
			URI gateway = new OrderStory(platform, script, out).tell();
			out.printf(Locale.ROOT, "%nEvery step held. The gateway is %s; README.md has the same calls for curl.%n",
					gateway);
			return 0;
		}
		catch (StepFailedException ex) {
			return 1;
		}
	}

}
