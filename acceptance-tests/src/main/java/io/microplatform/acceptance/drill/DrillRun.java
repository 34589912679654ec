package io.microplatform.acceptance.drill;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.microplatform.acceptance.audit.AuditReport;
import io.microplatform.acceptance.audit.Books;
import io.microplatform.acceptance.client.PlatformClient;
import io.microplatform.acceptance.load.Load;
import io.microplatform.acceptance.load.LoadReport;
import io.microplatform.acceptance.load.Shoppers;
import io.microplatform.acceptance.platform.FrontDoor;
import io.microplatform.acceptance.platform.PlatformFailedException;
import io.microplatform.acceptance.platform.PrivatePlatform;
import io.microplatform.acceptance.platform.Progress;

/**
 * Does an exercise some times while users call the platform at a constant rate, each once
 * and without asking again. Not thread-safe.
 *
 * @param exercise what is done
 * @param rounds how often
 * @param conditions how the platform is run
 * @param progress where to say what takes so long
 */
public record DrillRun(Exercise exercise, int rounds, Conditions conditions, Progress progress) {

	private static final int SHOPPERS = 20;

	private static final long SEED = 4;

	/** Steps to the full rate: a JVM compiles what it has to do often. */
	private static final int STEPS = 3;

	private static final Duration WARM_UP = Duration.ofSeconds(20);

	private static final Duration LONGEST = Duration.ofHours(4);

	/**
	 * Starts a platform, does the exercise on it, and looks into the books.
	 * @param root the checkout, with its build
	 * @param directory where the platform can live meanwhile
	 * @return what came of it
	 * @throws PlatformFailedException when the platform does not come back
	 */
	public DrillReport run(Path root, Path directory) {
		this.progress.say("starting a platform below " + directory);
		Map<String, String> choices = this.conditions.choices(root, directory);
		try (PrivatePlatform platform = PrivatePlatform.start(root, directory, choices, this.conditions.pairs())) {
			this.progress.say("waiting until its ahead-of-time caches are made");
			platform.awaitTraining();
			scale(platform);
			warmUp(platform);
			return underLoad(platform);
		}
	}

	/**
	 * Lets users call a platform twice as often in each step, for as long as it takes
	 * until its JVMs have compiled what they need. These calls count for nothing.
	 * @param platform the platform, fresh
	 */
	public void warmUp(PrivatePlatform platform) {
		try (FrontDoor door = platform.frontDoor()) {
			Shoppers shoppers = signUp(door);
			for (int step = STEPS; step > 0; step--) {
				double perSecond = this.conditions.callsPerSecond() / Math.pow(2, step - 1);
				this.progress.say(String.format(Locale.ROOT, "warming up, %.0f calls/s for %d s", perSecond,
						WARM_UP.toSeconds()));
				try (Load load = Load.start(shoppers.buying(SEED), perSecond, WARM_UP)) {
					load.await();
				}
			}
		}
	}

	/**
	 * Does the exercise on a platform that runs, and looks into its books.
	 * @param platform the platform
	 * @return what came of it
	 */
	public DrillReport on(PrivatePlatform platform) {
		scale(platform);
		return underLoad(platform);
	}

	private DrillReport underLoad(PrivatePlatform platform) {
		try (FrontDoor door = platform.frontDoor()) {
			return with(signUp(door), platform);
		}
	}

	private DrillReport with(Shoppers shoppers, PrivatePlatform platform) {
		Field field;
		LoadReport answers;
		try (Load load = Load.start(shoppers.buying(SEED), this.conditions.callsPerSecond(), LONGEST)) {
			field = new Field(platform, load::soFar, this.progress);
			allRounds(field);
			answers = load.stop();
		}
		Books books = new Books(platform.processes(), Books.USUAL_BOUND);
		this.progress.say("waiting until nothing is on its way any more");
		books.awaitQuiet();
		String title = "%s, %s, %s".formatted(this.exercise.name(),
				(this.rounds == 1) ? "1 round" : this.rounds + " rounds", this.conditions);
		return new DrillReport(title, answers, field.phases(), field.objections(), shoppers.settle(),
				AuditReport.of(books));
	}

	/** What the users saw until then is worth a report, also when a command fails. */
	private void allRounds(Field field) {
		try {
			field.calm();
			for (int round = 1; round <= this.rounds; round++) {
				this.progress.say(String.format(Locale.ROOT, "round %d of %d", round, this.rounds));
				this.exercise.round(field);
				field.calm();
			}
		}
		catch (PlatformFailedException ex) {
			field.object("broken off: " + ex.summary()
				.lines()
				.filter((line) -> !line.isBlank() && !line.startsWith(" "))
				.collect(Collectors.joining(" ")));
		}
	}

	private void scale(PrivatePlatform platform) {
		Exercise.BUSINESS.forEach((service) -> platform.scale(service, this.exercise.instances()));
	}

	private static Shoppers signUp(FrontDoor door) {
		return Shoppers.signUp(PlatformClient.of(door), SHOPPERS);
	}

}
