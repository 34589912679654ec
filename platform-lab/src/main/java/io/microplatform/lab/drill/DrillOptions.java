package io.microplatform.lab.drill;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.microplatform.lab.platform.ConfigRepository;
import io.microplatform.lab.platform.PrivatePlatform;

/**
 * Options of a drill.
 *
 * @param callsPerSecond the rate of the load
 * @param fixedRate whether the rate stays as it is on a machine that cannot sustain it
 * @param pairs whether each server runs twice
 * @param stock whether to run without graceful drain and with Spring Cloud's own load
 * balancer, for comparison
 */
public record DrillOptions(int callsPerSecond, boolean fixedRate, boolean pairs, boolean stock) {

	private static final Map<String, String> STOCK_PROPERTIES = Map.of("platform.drain.enabled", "false",
			"platform.balancer", "stock");

	/**
	 * Timeouts for a machine under load, where an instance that starts runs at low
	 * priority.
	 */
	private static final Map<String, String> TIMEOUTS = Map.of("PLATFORM_UP_TIMEOUT", "600");

	/**
	 * Returns the environment variables for {@code ./platform}.
	 * @param root the checkout
	 * @param directory the directory for a changed copy of the configuration
	 * @return the environment variables
	 */
	Map<String, String> environment(Path root, Path directory) {
		Map<String, String> environment = new HashMap<>(TIMEOUTS);
		if (this.stock) {
			ConfigRepository configuration = ConfigRepository.copyOf(root, directory.resolve("stock"));
			configuration.change("application", STOCK_PROPERTIES);
			environment.put(PrivatePlatform.CONFIG_REPO, configuration.directory().toString());
		}
		return environment;
	}

	DrillOptions withFixedRate(int rate) {
		return new DrillOptions(rate, true, this.pairs, this.stock);
	}

	/**
	 * Returns the options of {@code ./platform up}.
	 * @param scenarios the scenarios, which may need programs beside the platform
	 */
	String[] up(List<Scenario> scenarios) {
		List<String> options = new ArrayList<>();
		if (this.pairs) {
			options.add("--ha");
		}
		scenarios.stream()
			.flatMap((scenario) -> scenario.parts().stream())
			.distinct()
			.forEach((part) -> options.addAll(List.of("--with", part)));
		return options.toArray(String[]::new);
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%d calls/s", this.callsPerSecond) + (this.pairs ? ", servers in pairs" : "")
				+ (this.stock ? ", without drain and with the stock balancer" : "");
	}

}
