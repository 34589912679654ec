package io.microplatform.acceptance.outage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * An order in which to start the five services.
 *
 * @param services the services in start order
 */
record StartOrder(List<String> services) {

	static final List<String> SERVICES = List.of("discovery-server", "config-server", "user-service", "order-service",
			"api-gateway");

	static StartOrder beginningWith(String service) {
		List<String> order = new ArrayList<>(SERVICES);
		Collections.rotate(order, -SERVICES.indexOf(service));
		return new StartOrder(List.copyOf(order));
	}

	static StartOrder shuffled(Random random) {
		List<String> order = new ArrayList<>(SERVICES);
		Collections.shuffle(order, random);
		return new StartOrder(List.copyOf(order));
	}

	@Override
	public String toString() {
		return String.join(", ", this.services);
	}

}
