package io.microplatform.acceptance.observability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The generated dashboards of the checkout.
 */
final class Dashboards {

	private static final Path DIRECTORY = Path.of(Objects.requireNonNull(System.getProperty("platform.root")))
		.resolve("observability/grafana");

	/** A number refers to a group of a regular expression. */
	private static final Pattern VARIABLE = Pattern.compile("\\$\\{?[A-Za-z_]");

	private Dashboards() {
	}

	/** The expressions of all panels. */
	static List<Expression> expressions() {
		try (Stream<Path> files = Files.list(DIRECTORY.resolve("dashboards"))) {
			List<Expression> expressions = new ArrayList<>();
			for (Path file : files.sorted().toList()) {
				JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(file));
				dashboard.path("panels").forEach((panel) -> collect(dashboard, panel, expressions));
			}
			return expressions;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void collect(JsonNode dashboard, JsonNode panel, List<Expression> expressions) {
		String name = "%s/%s".formatted(dashboard.path("uid").stringValue(""), panel.path("title").stringValue(""));
		panel.path("targets")
			.forEach((target) -> expressions.add(new Expression(name, target.path("expr").stringValue(""))));
	}

	/** The panels that have data only during a fault. */
	static Set<String> onlyDuringAFault() {
		try {
			return Set.copyOf(JsonMapper.shared()
				.readTree(Files.readString(DIRECTORY.resolve("only-during-a-fault.json")))
				.propertyNames());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * One expression of a panel.
	 *
	 * @param panel the uid of the dashboard and the title of the panel
	 * @param text the expression, with Grafana's variables
	 */
	record Expression(String panel, String text) {

		/**
		 * Replaces the variables, as Grafana does.
		 * @param rateInterval the value of {@code $__rate_interval}
		 */
		String resolve(String rateInterval) {
			String resolved = this.text.replace("$__rate_interval", rateInterval)
				.replaceAll("\\$\\{?service(:\\w+)?}?", "order-service")
				.replaceAll("\\$\\{?instance(:\\w+)?}?", ".+");
			if (VARIABLE.matcher(resolved).find()) {
				throw new IllegalStateException("%s has an unknown variable: %s".formatted(this.panel, resolved));
			}
			return resolved;
		}

	}

}
