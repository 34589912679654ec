package io.microplatform.acceptance.drill;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import io.microplatform.acceptance.platform.ConfigRepository;
import io.microplatform.acceptance.platform.PrivatePlatform;

/**
 * How a platform is run.
 *
 * @param callsPerSecond of users
 * @param pairs whether there are two of each server
 * @param stock without what keeps requests from failing: no goodbye, and the balancer of
 * Spring Cloud
 */
public record Conditions(int callsPerSecond, boolean pairs, boolean stock) {

	private static final Map<String, String> SWITCHED_OFF = Map.of("platform.drain.enabled", "false",
			"platform.balancer", "stock");

	/**
	 * In seconds: an instance leaves the processors to those who serve until it is ready.
	 */
	private static final Map<String, String> PATIENT = Map.of("PLATFORM_UP_TIMEOUT", "600");

	/**
	 * What to tell {@code ./platform}.
	 * @param root the checkout
	 * @param directory where files can be put
	 * @return its variables
	 */
	Map<String, String> choices(Path root, Path directory) {
		Map<String, String> choices = new HashMap<>(PATIENT);
		if (this.stock) {
			ConfigRepository configuration = ConfigRepository.copyOf(root, directory.resolve("stock"));
			configuration.change("application", SWITCHED_OFF);
			choices.put(PrivatePlatform.CONFIG_REPO, configuration.directory().toString());
		}
		return choices;
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%d calls/s", this.callsPerSecond) + (this.pairs ? ", servers in pairs" : "")
				+ (this.stock ? ", without drain and with the stock balancer" : "");
	}

}
