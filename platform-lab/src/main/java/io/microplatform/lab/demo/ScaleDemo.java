package io.microplatform.lab.demo;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.platform.PlatformScript;
import io.microplatform.lab.platform.RunningPlatform;
import io.microplatform.lab.platform.ServedRequests;
import io.microplatform.local.process.RunRecord;

/**
 * Demonstration of several instances of order-service sharing the requests. Restores the
 * initial number of instances even if a step fails.
 */
final class ScaleDemo {

	private static final String SERVICE = "order-service";

	private static final int SEVERAL = 2;

	private final RunningPlatform platform;

	private final PlatformScript script;

	private final DemoSteps steps;

	ScaleDemo(RunningPlatform platform, PlatformScript script, DemoSteps steps) {
		this.platform = platform;
		this.script = script;
		this.steps = steps;
	}

	/**
	 * Runs the demonstration.
	 * @param client the client that reads the order repeatedly
	 * @param orderId the id of one of the client's orders
	 * @throws StepFailedException at the first step that fails; the step is already
	 * printed
	 */
	void run(PlatformClient client, long orderId) {
		int before = instances().size();
		if (before >= SEVERAL) {
			allServe(client, orderId);
			return;
		}
		try {
			scale("order-service is scaled to " + SEVERAL, SEVERAL);
			allServe(client, orderId);
		}
		finally {
			if (instances().size() != before) {
				scale("order-service is scaled back", before);
			}
		}
	}

	private void scale(String step, int number) {
		Expectation<List<String>> asMany = new Expectation<>(number + " instances", (all) -> all.size() == number,
				List::toString);
		this.steps.take(step, () -> {
			this.script.run("scale", SERVICE, Integer.toString(number));
			return asMany.require(instances());
		}, (all) -> String.join(", ", all));
	}

	private void allServe(PlatformClient client, long orderId) {
		Expectation<Map<String, Long>> all = new Expectation<>("requests at each instance",
				(served) -> served.values().stream().allMatch((count) -> count > 0), ScaleDemo::show);
		this.steps.take("All of its instances serve", () -> {
			ServedRequests served = ServedRequests.from(this.platform, SERVICE, "/orders");
			return all.await(() -> {
				client.order(orderId).expect(200);
				return served.byInstance();
			});
		}, ScaleDemo::show);
	}

	private List<String> instances() {
		return this.platform.instancesOf(SERVICE).stream().map(RunRecord::instance).toList();
	}

	private static String show(Map<String, Long> served) {
		return served.entrySet()
			.stream()
			.map((entry) -> String.format(Locale.ROOT, "%d requests at %s", entry.getValue(), entry.getKey()))
			.collect(Collectors.joining(", "));
	}

}
