package io.microplatform.acceptance.drill;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is done to a platform while users call it.
 */
public interface Exercise {

	/** Whose instances come and go. */
	List<String> BUSINESS = List.of("order-service", "user-service");

	/**
	 * Its name on the command line.
	 * @return the name
	 */
	String name();

	/**
	 * How many instances of each business service there are at the beginning.
	 * @return the number
	 */
	int instances();

	/**
	 * How often it is done when nobody says how often.
	 * @return the number
	 */
	int rounds();

	/**
	 * Does it once, and leaves the platform as it was.
	 * @param field where
	 */
	void round(Field field);

	/**
	 * All that there are.
	 * @return the exercises
	 */
	static List<Exercise> all() {
		return List.of(new ScaleExercise(), new RestartExercise(), new KillExercise(), new HangExercise(),
				new RegistryExercise(), new RefreshExercise());
	}

	/**
	 * One of them.
	 * @param name its name
	 * @return the exercise, empty when there is no such one
	 */
	static Optional<Exercise> named(String name) {
		return all().stream().filter((exercise) -> exercise.name().equals(name)).findFirst();
	}

	/**
	 * The names, to be shown to a user.
	 * @return the names
	 */
	static Stream<String> names() {
		return all().stream().map(Exercise::name);
	}

}
