package io.microplatform.acceptance.drill;

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

import io.microplatform.acceptance.platform.CommandOutput;
import io.microplatform.acceptance.platform.ConfigRepository;
import io.microplatform.acceptance.platform.PlatformFailedException;
import io.microplatform.acceptance.platform.PrivatePlatform;
import io.microplatform.acceptance.platform.RunningPlatform;
import io.microplatform.local.process.Await;
import io.microplatform.local.process.RunRecord;

/**
 * The configuration changes again and again, with three instances of each business
 * service: between two values of several properties; to what is not valid, which must
 * change nothing; while an instance is restarted; and without Kafka.
 */
final class RefreshExercise implements Exercise {

	private static final int CHANGES = 50;

	private static final Duration SOON = Duration.ofSeconds(5);

	/** Each invalid in another way, with the name that must be told. */
	private static final List<Invalid> INVALID = List.of(
			new Invalid("order-service", "platform.orders.max-amount", "-1"),
			new Invalid("order-service", "platform.orders.max-amout", "10000.00"),
			new Invalid("user-service", "platform.accounts.default-credit-limit", "a lot"),
			new Invalid("application", "platform.retries.max-attempts", "99"),
			new Invalid("application", "spring.datasource.hikari.maximum-pool-size", "7"));

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
	public void round(Field field) {
		PrivatePlatform platform = field.platform();
		try (RegistryWatch watch = new RegistryWatch(platform.processes(), configured(platform))) {
			field.during(String.format(Locale.ROOT, "%d refreshes", CHANGES), () -> {
				for (int change = 1; change <= CHANGES; change++) {
					change(change, platform);
					expect(refresh(field), everybody(platform), field);
				}
			});
			INVALID.forEach((invalid) -> field.during("refresh with " + invalid, () -> refuse(invalid, field)));
			watch.missed().forEach((instance) -> field.object(instance + " was not UP in the registry all the time"));
		}
		for (String service : BUSINESS) {
			field.during("refresh while %s restarts".formatted(service), () -> {
				CompletableFuture<Void> restart = CompletableFuture.runAsync(() -> platform.restart(service));
				change(BUSINESS.indexOf(service) + 1, platform);
				String version = refresh(field);
				expect(version, whoeverRuns(platform), field);
				join(restart);
				expect(version, everybody(platform), field);
			});
		}
		try (RegistryWatch watch = new RegistryWatch(platform.processes(), configured(platform))) {
			field.during("refresh without Kafka", () -> {
				platform.process("kafka").kill();
				change(1, platform);
				expect(refresh(field), everybody(platform), field);
			});
			watch.missed().forEach((instance) -> field.object(instance + " was not UP in the registry all the time"));
		}
		field.during("start of Kafka", platform::up);
		platform.configuration().reset();
		expect(refresh(field), everybody(platform), field);
	}

	/** So that a command that failed ends the drill as one of the other thread would. */
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

	/** To the one or the other value of each. */
	private static void change(int number, PrivatePlatform platform) {
		boolean isOdd = number % 2 == 1;
		ConfigRepository configuration = platform.configuration();
		configuration.change("order-service", Map.of("platform.orders.max-amount", isOdd ? "12000.00" : "10000.00",
				"logging.level.io.microplatform.order", isOdd ? "warn" : "info"));
		configuration.change("user-service",
				Map.of("platform.accounts.default-credit-limit", isOdd ? "1500.00" : "1000.00"));
		configuration.change("application", Map.of("platform.retries.attempt-timeout", isOdd ? "900ms" : "1s"));
	}

	/** Returns the version that is published then. */
	private static String refresh(Field field) {
		PrivatePlatform platform = field.platform();
		String before = platform.processes().publishedConfiguration();
		CommandOutput output = platform.run("refresh");
		String published = platform.processes().publishedConfiguration();
		if (output.exitCode() != 0 || published.equals(before)) {
			field.object(String.format(Locale.ROOT, "refresh ended with %d:%n%s", output.exitCode(), output.text()));
		}
		return published;
	}

	private static void refuse(Invalid invalid, Field field) {
		PrivatePlatform platform = field.platform();
		String before = platform.processes().publishedConfiguration();
		platform.configuration().reset();
		platform.configuration().change(invalid.file(), Map.of(invalid.property(), invalid.value()));
		CommandOutput output = platform.run("refresh");
		if (output.exitCode() != 1 || !output.text().contains(invalid.property())) {
			field.object(
					String.format(Locale.ROOT, "%s was answered %d:%n%s", invalid, output.exitCode(), output.text()));
		}
		if (!platform.processes().publishedConfiguration().equals(before)) {
			field.object("%s was published".formatted(invalid));
		}
		expect(before, everybody(platform), field);
	}

	private static void expect(String version, Supplier<Set<String>> versions, Field field) {
		if (!Await.until(SOON, () -> versions.get().equals(Set.of(version)))) {
			field.object("%s is not everywhere after %s, but %s".formatted(version, SOON, versions.get()));
		}
	}

	/** The versions of all instances. */
	private static Supplier<Set<String>> everybody(PrivatePlatform platform) {
		return () -> configured(platform).stream().map(RunningPlatform::configurationOf).collect(Collectors.toSet());
	}

	/** The versions of those that answer, while one of them is restarted. */
	private static Supplier<Set<String>> whoeverRuns(PrivatePlatform platform) {
		return () -> everybody(platform).get()
			.stream()
			.filter((version) -> !version.isEmpty())
			.collect(Collectors.toSet());
	}

	private static List<RunRecord> configured(PrivatePlatform platform) {
		List<RunRecord> instances = new ArrayList<>();
		Stream.concat(BUSINESS.stream(), Stream.of(Field.GATEWAY))
			.forEach((service) -> instances.addAll(platform.processes().instancesOf(service)));
		return instances;
	}

	/**
	 * What is not valid.
	 */
	private record Invalid(String file, String property, String value) {

		@Override
		public String toString() {
			return this.property + ": " + this.value;
		}

	}

}
