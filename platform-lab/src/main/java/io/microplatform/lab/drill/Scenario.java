package io.microplatform.lab.drill;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.microplatform.lab.load.SimulatedUsers;
import io.microplatform.lab.load.Workload;

/**
 * A sequence of changes or faults that is applied to a platform under load.
 */
public interface Scenario {

	/** The services that scenarios scale, restart and kill. */
	List<String> BUSINESS = List.of("order-service", "user-service");

	/**
	 * Returns the name on the command line.
	 * @return the name
	 */
	String name();

	/**
	 * Returns the number of instances of each business service at the start.
	 * @return the number
	 */
	int instances();

	/**
	 * Returns the default number of rounds.
	 * @return the number
	 */
	int rounds();

	/**
	 * Returns what {@code ./platform up} starts beside the platform.
	 * @return the parts that {@code --with} names; by default none
	 */
	default List<String> parts() {
		return List.of();
	}

	/**
	 * Whether the scenario starts, stops or pauses processes, or changes the
	 * configuration.
	 * @return whether it needs a platform of its own; by default {@code true}
	 */
	default boolean needsControl() {
		return true;
	}

	/**
	 * Returns environment variables for {@code ./platform}, in addition to those of every
	 * drill.
	 * @return the environment variables; by default none
	 */
	default Map<String, String> environment() {
		return Map.of();
	}

	/**
	 * Returns the number of users.
	 * @return the number; by default 20
	 */
	default int users() {
		return DrillRun.USERS;
	}

	/**
	 * Returns the workload of the users during all rounds. None of its calls may fail.
	 * @param users the users
	 * @param seed the seed of the workload
	 * @return the workload, or empty if the scenario makes all calls itself; by default
	 * 30 % new orders
	 */
	default Optional<Workload> workload(SimulatedUsers users, long seed) {
		return Optional.of(users.buying(seed));
	}

	/**
	 * Runs one round and restores the initial state.
	 * @param context the context of the drill
	 */
	void runRound(DrillContext context);

	/**
	 * Returns all scenarios.
	 * @return the scenarios
	 */
	static List<Scenario> all() {
		return List.of(new ScaleScenario(), new RestartScenario(), new KillScenario(), new HangScenario(),
				new RegistryScenario(), new RefreshScenario(), new AlertScenario(), new TraceScenario(),
				new OverloadScenario(), new RedisScenario(), new SlowScenario(), new LoginsScenario(),
				new LoadScenario());
	}

	/**
	 * Finds a scenario by name.
	 * @param name the name
	 * @return the scenario, or empty if there is none with this name
	 */
	static Optional<Scenario> named(String name) {
		return all().stream().filter((scenario) -> scenario.name().equals(name)).findFirst();
	}

	/**
	 * Returns the names of all scenarios.
	 * @return the names
	 */
	static Stream<String> names() {
		return all().stream().map(Scenario::name);
	}

}
