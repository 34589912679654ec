package io.microplatform.instance.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.CompositePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertyResolver;
import org.springframework.core.env.PropertySource;
import org.springframework.util.function.SingletonSupplier;

/**
 * The configuration with which this instance runs. A new version is applied completely or
 * not at all: everything is bound and validated against the future property sources
 * before anything changes, and the changes themselves cannot fail. Thread-safe; one
 * version at a time.
 * <p>
 * Replaces Spring Cloud's
 * {@link org.springframework.cloud.context.refresh.ContextRefresher}, which destroys
 * refresh-scoped beans, the registry's client among them, rebinds bean after bean whether
 * or not the next one is valid, and never changes records.
 */
final class RunningConfiguration {

	private static final Logger log = LoggerFactory.getLogger(RunningConfiguration.class);

	/** Prefix of the names of the config client's property sources. */
	private static final String SERVED = "configserver:";

	/** The property source that replaces them with the first new version. */
	private static final String SOURCE = SERVED + "applied";

	/** Read by the info endpoint on each request. */
	private static final ConfigurationPropertyName INFO = ConfigurationPropertyName.of("info");

	private final ConfigurableEnvironment environment;

	private final ConfigServerClient server;

	private final List<RefreshParticipant> participants;

	private final Supplier<KnownProperties> known;

	private final Consumer<String> listener;

	/**
	 * The configuration of a running instance.
	 * @param environment whose property sources are replaced
	 * @param server serves the versions
	 * @param participants where changed properties take effect
	 * @param known the properties that this instance reads
	 * @param listener receives the name of each applied version
	 */
	RunningConfiguration(ConfigurableEnvironment environment, ConfigServerClient server,
			List<RefreshParticipant> participants, Supplier<KnownProperties> known, Consumer<String> listener) {
		this.environment = environment;
		this.server = server;
		this.participants = List.copyOf(participants);
		this.known = SingletonSupplier.of(known);
		this.listener = listener;
	}

	/** The version with which this instance runs; "none" when it was not served one. */
	String version() {
		return this.environment.getProperty(ConfigServerClient.VERSION, "none");
	}

	/**
	 * Applies the published version. The request does not name a version: a late or
	 * repeated request would otherwise bring back a former one.
	 */
	ConfigurationReport update() {
		return onPlatformThread(null);
	}

	/** Validates a version without applying it. */
	ConfigurationReport validate(String version) {
		return onPlatformThread(version);
	}

	/**
	 * Binding takes up to seconds of CPU time. On the virtual thread of a request it
	 * would occupy one of the few carrier threads of all requests.
	 */
	private synchronized ConfigurationReport onPlatformThread(@Nullable String candidate) {
		return CompletableFuture.supplyAsync(() -> attempt(candidate), Thread.ofPlatform().name("configuration")::start)
			.join();
	}

	private ConfigurationReport attempt(@Nullable String candidate) {
		String from = version();
		try {
			CompositePropertySource fresh = this.server.load(SOURCE, candidate);
			String version = String.valueOf(fresh.getProperty(ConfigServerClient.VERSION));
			Set<String> unknown = unknown(fresh);
			if (from.equals(version)) {
				return report(ConfigurationReport.Result.UNCHANGED, version, Set.of(), List.of(), unknown);
			}
			MutablePropertySources future = new MutablePropertySources(this.environment.getPropertySources());
			future.remove("configurationProperties");
			replace(future, fresh);
			Set<String> changed = changed(fresh, future);
			requireNoRestart(changed);
			Binder binder = new Binder(ConfigurationPropertySources.from(future),
					new PropertySourcesPlaceholdersResolver(future));
			List<Runnable> changes = new ArrayList<>();
			for (RefreshParticipant participant : this.participants) {
				changes.add(participant.prepare(binder));
			}
			if (candidate != null) {
				return report(ConfigurationReport.Result.ACCEPTABLE, version, changed, List.of(), unknown);
			}
			replace(this.environment.getPropertySources(), fresh);
			changes.forEach(Runnable::run);
			this.listener.accept(version);
			log.info("Applied configuration {} after {}: {}", version, from, changed);
			return new ConfigurationReport(ConfigurationReport.Result.TAKEN, from, version, changed, List.of(), unknown,
					this.server.profile());
		}
		catch (VersionRefusedException ex) {
			log.warn("Refused configuration {}, keeping {}: {}", (candidate != null) ? candidate : "(published)", from,
					ex.problems());
			return report(ConfigurationReport.Result.REFUSED, from, Set.of(), ex.problems(), Set.of());
		}
	}

	private ConfigurationReport report(ConfigurationReport.Result result, String to, Set<String> changed,
			List<Problem> problems, Set<String> unknown) {
		return new ConfigurationReport(result, version(), to, changed, problems, unknown, this.server.profile());
	}

	/**
	 * At the same position, so that what had precedence still has it, and in one step, so
	 * that a concurrent reader never sees less than one version.
	 */
	private static void replace(MutablePropertySources sources, CompositePropertySource fresh) {
		if (sources.contains(SOURCE)) {
			sources.replace(SOURCE, fresh);
			return;
		}
		List<String> old = served(sources).map(PropertySource::getName).toList();
		sources.addBefore(old.getFirst(), fresh);
		old.forEach(sources::remove);
	}

	private static Stream<PropertySource<?>> served(MutablePropertySources sources) {
		return sources.stream()
			.filter((source) -> source.getName().startsWith(SERVED) || source.getName().equals("configClient"));
	}

	private Set<String> changed(CompositePropertySource fresh, MutablePropertySources future)
			throws VersionRefusedException {
		Set<String> served = Stream.concat(Stream.of(fresh), served(this.environment.getPropertySources()))
			.flatMap((source) -> Stream.of(((EnumerablePropertySource<?>) source).getPropertyNames()))
			.filter((property) -> !isVersion(fresh, property))
			.collect(Collectors.toCollection(TreeSet::new));
		PropertyResolver resolver = ConfigurationPropertySources.createPropertyResolver(future);
		Set<String> changed = new TreeSet<>();
		for (String property : served) {
			try {
				if (!Objects.equals(this.environment.getProperty(property), resolver.getProperty(property))) {
					changed.add(property);
				}
			}
			catch (IllegalArgumentException ex) {
				throw new VersionRefusedException(Problem.of(property, ex));
			}
		}
		return changed;
	}

	/** The version, or a property that shows it, differs in every version. */
	private static boolean isVersion(CompositePropertySource fresh, String property) {
		return property.equals(ConfigServerClient.VERSION)
				|| String.valueOf(fresh.getProperty(property)).startsWith("${" + ConfigServerClient.VERSION);
	}

	private void requireNoRestart(Set<String> changed) throws VersionRefusedException {
		List<Problem> problems = changed.stream().filter((property) -> {
			ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
			return !INFO.isAncestorOf(name)
					&& this.participants.stream().noneMatch((participant) -> participant.handles(name))
					&& this.known.get().contains(name);
		}).map((property) -> new Problem(property, "needs a restart")).toList();
		if (!problems.isEmpty()) {
			throw new VersionRefusedException(problems);
		}
	}

	private Set<String> unknown(CompositePropertySource fresh) {
		return Stream.of(fresh.getPropertyNames())
			.filter((property) -> !property.equals(ConfigServerClient.VERSION)
					&& !this.known.get().contains(ConfigurationPropertyName.adapt(property, '.')))
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
