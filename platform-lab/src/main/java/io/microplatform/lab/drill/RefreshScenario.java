package io.microplatform.lab.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.microplatform.lab.platform.CommandOutput;
import io.microplatform.lab.platform.ConfigRepository;
import io.microplatform.lab.platform.PlatformFailedException;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.RunningPlatform;
import io.microplatform.local.process.Await;
import io.microplatform.local.process.RunRecord;

/**
 * Scenario that refreshes the configuration with three instances of each business
 * service: with changes of several properties, with invalid properties, which must be
 * rejected, while a service is restarted, and without Kafka.
 */
final class RefreshScenario implements Scenario {

	private static final int CHANGES = 50;

	private static final Duration PROPAGATION = Duration.ofSeconds(5);

	/**
	 * Changes that are invalid for different reasons. The error message must contain the
	 * property's name.
	 */
	private static final List<InvalidChange> INVALID = List.of(
			new InvalidChange("order-service", "platform.orders.max-amount", "-1"),
			new InvalidChange("order-service", "platform.orders.max-amout", "10000.00"),
			new InvalidChange("user-service", "platform.accounts.default-credit-limit", "a lot"),
			new InvalidChange("application", "platform.retries.max-attempts", "99"),
			new InvalidChange("application", "spring.datasource.hikari.maximum-pool-size", "7"));

	@Override
	public String name() {
		return "refresh";
	}

	@Override
	public int instances() {
		return 3;
	}

	@Override
	public int rounds() {
		return 1;
	}

	@Override
	public void runRound(DrillContext context) {
		PrivatePlatform platform = context.platform();
		try (RegistryMonitor monitor = new RegistryMonitor(platform.processes(), configuredInstances(platform))) {
			context.runPhase(String.format(Locale.ROOT, "%d refreshes", CHANGES), () -> {
				for (int change = 1; change <= CHANGES; change++) {
					change(change, platform);
					expectVersion(refresh(context), versions(platform), context);
				}
			});
			INVALID.forEach(
					(invalid) -> context.runPhase("refresh with " + invalid, () -> expectRejection(invalid, context)));
			monitor.missing()
				.forEach((instance) -> context.reportViolation(instance + " was temporarily not UP in the registry"));
		}
		for (String service : BUSINESS) {
			context.runPhase("refresh while %s restarts".formatted(service), () -> {
				CompletableFuture<Void> restart = CompletableFuture.runAsync(() -> platform.restart(service));
				change(BUSINESS.indexOf(service) + 1, platform);
				String version = refresh(context);
				expectVersion(version, versionsOfRunning(platform), context);
				join(restart);
				expectVersion(version, versions(platform), context);
			});
		}
		try (RegistryMonitor monitor = new RegistryMonitor(platform.processes(), configuredInstances(platform))) {
			context.runPhase("refresh without Kafka", () -> {
				platform.process("kafka").kill();
				change(1, platform);
				expectVersion(refresh(context), versions(platform), context);
			});
			monitor.missing()
				.forEach((instance) -> context.reportViolation(instance + " was temporarily not UP in the registry"));
		}
		context.runPhase("start of Kafka", platform::up);
		platform.configuration().reset();
		expectVersion(refresh(context), versions(platform), context);
	}

	/**
	 * Waits for a command on another thread, and rethrows its
	 * {@link PlatformFailedException}.
	 */
	private static void join(CompletableFuture<Void> command) {
		try {
			command.join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof PlatformFailedException failure) {
				throw failure;
			}
			throw ex;
		}
	}

	/** Sets each property to one of two values. */
	private static void change(int number, PrivatePlatform platform) {
		boolean isOdd = number % 2 == 1;
		ConfigRepository configuration = platform.configuration();
		configuration.change("order-service", Map.of("platform.orders.max-amount", isOdd ? "12000.00" : "10000.00",
				"logging.level.io.microplatform.order", isOdd ? "warn" : "info"));
		configuration.change("user-service",
				Map.of("platform.accounts.default-credit-limit", isOdd ? "1500.00" : "1000.00"));
		configuration.change("application", Map.of("platform.retries.attempt-timeout", isOdd ? "900ms" : "1s"));
	}

	/** Refreshes and returns the published version. */
	private static String refresh(DrillContext context) {
		PrivatePlatform platform = context.platform();
		String before = platform.processes().publishedConfiguration();
		CommandOutput output = platform.run("refresh");
		String published = platform.processes().publishedConfiguration();
		if (output.exitCode() != 0 || published.equals(before)) {
			context.reportViolation(
					String.format(Locale.ROOT, "refresh exited with %d:%n%s", output.exitCode(), output.text()));
		}
		return published;
	}

	private static void expectRejection(InvalidChange invalid, DrillContext context) {
		PrivatePlatform platform = context.platform();
		String before = platform.processes().publishedConfiguration();
		platform.configuration().reset();
		platform.configuration().change(invalid.file(), Map.of(invalid.property(), invalid.value()));
		CommandOutput output = platform.run("refresh");
		if (output.exitCode() != 1 || !output.text().contains(invalid.property())) {
			context.reportViolation(String.format(Locale.ROOT, "refresh with %s exited with %d:%n%s", invalid,
					output.exitCode(), output.text()));
		}
		if (!platform.processes().publishedConfiguration().equals(before)) {
			context.reportViolation("%s was published".formatted(invalid));
		}
		expectVersion(before, versions(platform), context);
	}

	private static void expectVersion(String version, Supplier<Set<String>> versions, DrillContext context) {
		if (!Await.until(PROPAGATION, () -> versions.get().equals(Set.of(version)))) {
			context.reportViolation(
					"not all instances have %s after %s: %s".formatted(version, PROPAGATION, versions.get()));
		}
	}

	/** Returns the configuration versions of all instances. */
	private static Supplier<Set<String>> versions(PrivatePlatform platform) {
		return () -> configuredInstances(platform).stream()
			.map(RunningPlatform::configurationOf)
			.collect(Collectors.toSet());
	}

	/**
	 * Returns the configuration versions of the instances that respond, while a service
	 * is restarted.
	 */
	private static Supplier<Set<String>> versionsOfRunning(PrivatePlatform platform) {
		return () -> versions(platform).get()
			.stream()
			.filter((version) -> !version.isEmpty())
			.collect(Collectors.toSet());
	}

	private static List<RunRecord> configuredInstances(PrivatePlatform platform) {
		List<RunRecord> instances = new ArrayList<>();
		Stream.concat(BUSINESS.stream(), Stream.of(DrillContext.GATEWAY))
			.forEach((service) -> instances.addAll(platform.processes().instancesOf(service)));
		return instances;
	}

	/**
	 * An invalid change of a property.
	 */
	private record InvalidChange(String file, String property, String value) {

		@Override
		public String toString() {
			return this.property + ": " + this.value;
		}

	}

}
