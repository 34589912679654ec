package io.microplatform.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.microplatform.local.process.Await;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.service.BusinessServices;

/**
 * Scales a business service to a number of ready instances, and stores the number for
 * {@code up}. New instances get the release that {@code --release} names; running
 * instances keep theirs.
 */
@Command(name = "scale", header = "scales a business service to N instances", description = """
		Scales a business service to N instances. Returns when the gateway sends requests to all of them and to none
		that was stopped. New instances take the next free pairs of ports from PLATFORM_SERVICES_PORT upwards. Surplus
		instances are stopped gracefully, one after another, the highest number first. up keeps the number; down
		forgets it.""")
final class Scale implements Action {

	private final Context context;

	@Parameters(index = "0", paramLabel = "SERVICE",
			description = "a business service: user-service, order-service or one that was added")
	private String service;

	@Parameters(index = "1", paramLabel = "N", description = "1 to 9")
	private String number;

	@Option(names = "--release", paramLabel = "NAME", description = """
			the release of the instances that are started; without it, that of the first instance
			1 to 40 of the characters a-z 0-9 . _ -""")
	private @Nullable String release;

	Scale(Context context) {
		this.context = context;
	}

	@Override
	public void run() throws IOException, CommandFailedException {
		int number = number();
		ReleaseName.check(this.release, this.service, this.context.business());
		StartTimeout patience = StartTimeout.of(this.context);
		LivePlatform.requireGateways(this.context);
		LivePlatform.requireAdded(this.context, this.service);
		try (PlatformLock _ = PlatformLock.take(this.context)) {
			DesiredInstances wanted = this.context.wanted();
			int before = wanted.of(this.service);
			Map<String, String> releasesBefore = this.context.releases().all();
			Routing routing = Routing.of(this.context);
			wanted.set(this.service, number);
			nameReleases(number);
			Instant deadline = patience.deadline();
			try {
				start(number, deadline);
			}
			catch (CommandFailedException | IOException | RuntimeException ex) {
				wanted.set(this.service, before);
				this.context.releases().setAll(releasesBefore);
				throw ex;
			}
			routing.await((instance) -> isOurs(instance) && numberOf(instance) <= number, deadline);
			stopBeyond(number);
			routing.await(this::isOurs, deadline);
			verify(number, deadline);
		}
	}

	private int number() throws IOException, CommandFailedException {
		BusinessServices business = this.context.business();
		if (!business.contains(this.service)) {
			throw CommandFailedException
				.notUnderstood("invalid service '%s': only %s can be scaled".formatted(this.service, business));
		}
		if (!this.number.matches("[1-" + DesiredInstances.MOST + "]")) {
			throw CommandFailedException.notUnderstood(String.format(Locale.ROOT,
					"invalid number of instances '%s': must be between 1 and %d", this.number, DesiredInstances.MOST));
		}
		return Integer.parseInt(this.number);
	}

	/** Of those that are to be started. */
	private void nameReleases(int number) throws IOException {
		String name = this.release;
		if (name == null) {
			return;
		}
		List<String> toBeStarted = new ArrayList<>();
		for (int i = 1; i <= number; i++) {
			String instance = this.service + "-" + i;
			if (this.context.records().find(instance).flatMap(RunRecord::process).isEmpty()) {
				toBeStarted.add(instance);
			}
		}
		this.context.releases().set(toBeStarted, name);
	}

	private void start(int number, Instant deadline) throws IOException, CommandFailedException {
		LivePlatform platform = LivePlatform.of(this.context);
		new Preflight(this.context, new PortChoice(this.context.environment()), platform.plan()).check();
		new StartUp(platform.fleet().only((instance) -> isOurs(instance) && numberOf(instance) <= number), deadline,
				this.context.out())
			.run();
	}

	/** The youngest first, one after another. */
	private void stopBeyond(int number) throws IOException, CommandFailedException {
		List<ServiceProcess> beyond = LivePlatform.of(this.context)
			.fleet()
			.only((instance) -> isOurs(instance) && numberOf(instance) > number)
			.business()
			.stream()
			.sorted(Comparator.comparingInt((ServiceProcess process) -> numberOf(process.instance())).reversed())
			.toList();
		for (ServiceProcess process : beyond) {
			boolean inGoodOrder = process.stop(Down.PATIENCE);
			this.context.out().println(Down.stopped(process.instance().instance(), inGoodOrder));
		}
		for (RunRecord entry : this.context.records().all()) {
			if (isOurs(entry.asInstance()) && numberOf(entry.asInstance()) > number) {
				this.context.records().delete(entry.instance());
			}
		}
		this.context.releases().keep((instance) -> !isBeyond(instance, number));
	}

	private boolean isBeyond(String instance, int number) {
		int its = BusinessPlan.numberOf(instance);
		return its > number && instance.equals(this.service + "-" + its);
	}

	/**
	 * An instance that has just started is busy, and may not report at once that it is
	 * ready.
	 */
	private void verify(int number, Instant deadline) throws IOException, CommandFailedException {
		List<RunRecord> ours = this.context.records()
			.all()
			.stream()
			.filter((entry) -> isOurs(entry.asInstance()))
			.toList();
		boolean allSaid = Await.until(Duration.between(Instant.now(), deadline),
				() -> ours.stream().allMatch(Scale::isReadyOrGone));
		long running = ours.stream().filter((entry) -> entry.process().isPresent()).count();
		this.context.out().println();
		this.context.out().print(new Table(Overview.of(this.context).only(this.service)));
		if (!allSaid || running != number || ours.size() != number) {
			throw new CommandFailedException(String.format(Locale.ROOT,
					"not all of the %d instances of %s are ready: `./platform up` repairs", number, this.service));
		}
	}

	private static boolean isReadyOrGone(RunRecord entry) {
		return entry.process().isEmpty() || entry.asInstance().answers();
	}

	private boolean isOurs(Instance instance) {
		return instance.name().equals(this.service);
	}

	private static int numberOf(Instance instance) {
		return BusinessPlan.numberOf(instance.instance());
	}

}
