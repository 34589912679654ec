package io.microplatform.acceptance.drill;

import java.util.ArrayList;
import java.util.List;

/**
 * Each service is restarted, one instance after the other: the business services, and the
 * servers, when there are two of each.
 */
final class RestartExercise implements Exercise {

	@Override
	public String name() {
		return "restart";
	}

	@Override
	public int instances() {
		return 2;
	}

	@Override
	public int rounds() {
		return 1;
	}

	@Override
	public void round(Field field) {
		List<String> services = new ArrayList<>(BUSINESS);
		if (field.hasPairs()) {
			services.addAll(Field.SERVERS);
		}
		services.forEach((service) -> field.during("restart " + service, () -> field.platform().restart(service)));
	}

}
