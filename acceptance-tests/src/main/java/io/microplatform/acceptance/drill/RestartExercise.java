package io.microplatform.acceptance.drill;

/**
 * Each business service is restarted, one instance after the other.
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
		BUSINESS.forEach((service) -> field.during("restart " + service, () -> field.platform().restart(service)));
	}

}
