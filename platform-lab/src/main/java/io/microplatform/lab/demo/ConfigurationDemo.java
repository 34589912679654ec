package io.microplatform.lab.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.client.Reply;
import io.microplatform.lab.platform.PlatformScript;
import io.microplatform.lab.platform.RunningPlatform;

/**
 * Demonstration of a configuration refresh without restarts. Changes a copy of the
 * published configuration, and restores the initial version even if a step fails.
 */
final class ConfigurationDemo {

	private static final String PRODUCT = "espresso cup";

	private static final BigDecimal MAXIMUM = new BigDecimal("10.00");

	private static final BigDecimal ABOVE_MAXIMUM = new BigDecimal("10.01");

	private final RunningPlatform platform;

	private final PlatformScript script;

	private final DemoSteps steps;

	ConfigurationDemo(RunningPlatform platform, PlatformScript script, DemoSteps steps) {
		this.platform = platform;
		this.script = script;
		this.steps = steps;
	}

	/**
	 * Runs the demonstration.
	 * @param client a client that may place orders
	 * @throws StepFailedException at the first step that fails; the step is already
	 * printed
	 */
	void run(PlatformClient client) {
		String before = this.platform.publishedConfiguration();
		try {
			this.steps.take("The maximum amount is lowered", () -> refreshWith(MAXIMUM),
					(version) -> "platform.orders.max-amount %s everywhere, nothing restarted".formatted(MAXIMUM));
			this.steps.take("A larger order is refused", () -> client.placeOrder(PRODUCT, ABOVE_MAXIMUM).expect(422),
					Reply::summary);
		}
		finally {
			if (!this.platform.publishedConfiguration().equals(before)) {
				this.steps.take("The previous version is restored", () -> {
					this.script.run("refresh", "--to", before);
					return before;
				}, (version) -> "configuration " + version.substring(0, 12));
			}
		}
		this.steps.take("The same order is accepted", () -> client.placeOrder(PRODUCT, ABOVE_MAXIMUM).expect(201),
				Reply::summary);
	}

	private String refreshWith(BigDecimal maximum) {
		Path edited = copyOf(this.platform.publishedFiles());
		try {
			Files.writeString(edited.resolve("order-service.yml"),
					"\n---\nplatform.orders.max-amount: " + maximum + "\n", StandardOpenOption.APPEND);
			this.script.run(Map.of("PLATFORM_CONFIG_REPO", edited.toString()), "refresh");
			return this.platform.publishedConfiguration();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			delete(edited);
		}
	}

	private static Path copyOf(Path directory) {
		try (Stream<Path> files = Files.list(directory)) {
			Path copy = Files.createTempDirectory("config-repo");
			for (Path file : files.toList()) {
				Files.copy(file, copy.resolve(file.getFileName()));
			}
			return copy;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void delete(Path directory) {
		try (Stream<Path> files = Files.walk(directory)) {
			List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
			for (Path file : deepestFirst) {
				Files.delete(file);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
