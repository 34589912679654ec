package io.microplatform.acceptance.demo;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.microplatform.acceptance.client.PlatformClient;
import io.microplatform.acceptance.platform.PlatformScript;
import io.microplatform.acceptance.platform.RunningPlatform;
import io.microplatform.acceptance.platform.ServedRequests;
import io.microplatform.local.process.RunRecord;

/**
 * How several instances of order-service share the requests. Leaves as many of them as it
 * has found, also when a step does not hold.
 */
final class ScaleStory {

	private static final String SERVICE = "order-service";

	private static final int SEVERAL = 2;

	private final RunningPlatform platform;

	private final PlatformScript script;

	private final Steps steps;

	ScaleStory(RunningPlatform platform, PlatformScript script, Steps steps) {
		this.platform = platform;
		this.script = script;
		this.steps = steps;
	}

	/**
	 * Tells it.
	 * @param client reads the order again and again
	 * @param orderId one of the client's
	 * @throws StepFailedException at the first step that does not hold, already reported
	 */
	void tell(PlatformClient client, long orderId) {
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
			return asMany.of(instances());
		}, (all) -> String.join(", ", all));
	}

	private void allServe(PlatformClient client, long orderId) {
		Expectation<Map<String, Long>> all = new Expectation<>("requests at each instance",
				(served) -> served.values().stream().allMatch((count) -> count > 0), ScaleStory::show);
		this.steps.take("All of its instances serve", () -> {
			ServedRequests served = ServedRequests.from(this.platform, SERVICE, "/orders");
			return all.soon(() -> {
				client.order(orderId).expect(200);
				return served.byInstance();
			});
		}, ScaleStory::show);
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
