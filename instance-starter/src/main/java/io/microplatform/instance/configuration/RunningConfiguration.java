package io.microplatform.instance.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.CompositePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.function.SingletonSupplier;

/**
 * The configuration that this instance runs with. It takes another version whole or not
 * at all: everything is checked against the environment as it would be before anything
 * changes, and what then changes cannot fail. One version at a time; thread-safe.
 * <p>
 * Not Spring Cloud's {@code ContextRefresher}: that one destroys what is refresh-scoped,
 * among others the registry's client, rebinds each bean on its own, whether the others
 * can be or not, and never changes records.
 */
final class RunningConfiguration {

	private static final Logger log = LoggerFactory.getLogger(RunningConfiguration.class);

	/** Begins the name of every source that Spring Cloud's config client has loaded. */
	private static final String LOADED = "configserver:";

	private static final String LOADED_VERSION = "configClient";

	/** The one source that takes the place of those after the first change. */
	private static final String SOURCE = LOADED + "taken";

	private final ConfigurableEnvironment environment;

	private final ConfigServers servers;

	private final List<LivePart> parts;

	private final Supplier<KnownProperties> known;

	private final Consumer<String> taken;

	/**
	 * The configuration of a running instance.
	 * @param environment whose sources are replaced
	 * @param servers who have the versions
	 * @param parts where changed properties take effect
	 * @param known which properties anybody here reads
	 * @param taken to be told of each version taken
	 */
	RunningConfiguration(ConfigurableEnvironment environment, ConfigServers servers, List<LivePart> parts,
			Supplier<KnownProperties> known, Consumer<String> taken) {
		this.environment = environment;
		this.servers = servers;
		this.parts = List.copyOf(parts);
		this.known = SingletonSupplier.of(known);
		this.taken = taken;
	}

	/** The version that this instance runs with; "none" when nobody served it. */
	String version() {
		return this.environment.getProperty(ConfigServers.VERSION, "none");
	}

	/**
	 * Takes the version that is published. Whoever asks for it names none: a request that
	 * comes late would otherwise bring back what is no longer meant.
	 */
	Report take() {
		return onAThreadOfItsOwn(null);
	}

	/** Says what would become of taking a version, and takes it not. */
	Report check(String version) {
		return onAThreadOfItsOwn(version);
	}

	/**
	 * An attempt computes for up to seconds. On the virtual thread of a request it would
	 * keep one of the few carriers from all other requests meanwhile.
	 */
	private synchronized Report onAThreadOfItsOwn(@Nullable String checked) {
		try {
			return CompletableFuture
				.supplyAsync(() -> attempt(checked), Thread.ofPlatform().name("configuration")::start)
				.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException failure) ? failure : ex;
		}
	}

	private Report attempt(@Nullable String checked) {
		String from = version();
		String version = (checked != null) ? checked : "the published one";
		try {
			CompositePropertySource fresh = this.servers.fetch(SOURCE, checked);
			version = String.valueOf(fresh.getProperty(ConfigServers.VERSION));
			Set<String> unknown = unknown(fresh);
			if (from.equals(version)) {
				return new Report(Report.Result.UNCHANGED, from, version, Set.of(), List.of(), unknown,
						this.servers.profile());
			}
			ConfigurableEnvironment candidate = with(fresh);
			Set<String> changed = changed(fresh, candidate);
			requireNoRestart(changed);
			List<Runnable> effects = new ArrayList<>();
			for (LivePart part : this.parts) {
				effects.add(part.prepare(candidate));
			}
			if (checked == null) {
				replace(this.environment.getPropertySources(), fresh);
				effects.forEach(Runnable::run);
				this.taken.accept(version);
				log.info("Took configuration {} after {}: {}", version, from, changed);
			}
			return new Report((checked == null) ? Report.Result.TAKEN : Report.Result.ACCEPTABLE, from, version,
					changed, List.of(), unknown, this.servers.profile());
		}
		catch (RefusedException ex) {
			log.warn("Refuses configuration {} and keeps {}: {}", version, from, ex.problems());
			return new Report(Report.Result.REFUSED, from, version, Set.of(), ex.problems(), Set.of(),
					this.servers.profile());
		}
	}

	private ConfigurableEnvironment with(CompositePropertySource fresh) {
		StandardEnvironment candidate = new StandardEnvironment();
		MutablePropertySources sources = candidate.getPropertySources();
		sources.stream().map(PropertySource::getName).toList().forEach(sources::remove);
		this.environment.getPropertySources()
			.stream()
			.filter((source) -> !source.getName().equals("configurationProperties"))
			.forEach(sources::addLast);
		replace(sources, fresh);
		candidate.setActiveProfiles(this.environment.getActiveProfiles());
		return candidate;
	}

	/**
	 * At the place of what it replaces, so that what overrode that overrides this; and so
	 * that nobody who reads meanwhile sees less than one version.
	 */
	private static void replace(MutablePropertySources sources, CompositePropertySource fresh) {
		if (sources.contains(SOURCE)) {
			sources.replace(SOURCE, fresh);
			return;
		}
		List<String> old = loaded(sources).map(PropertySource::getName).toList();
		sources.addBefore(old.getFirst(), fresh);
		old.forEach(sources::remove);
	}

	private static Stream<PropertySource<?>> loaded(MutablePropertySources sources) {
		return sources.stream()
			.filter((source) -> source.getName().startsWith(LOADED) || source.getName().equals(LOADED_VERSION));
	}

	private Set<String> changed(CompositePropertySource fresh, ConfigurableEnvironment candidate)
			throws RefusedException {
		Set<String> served = new TreeSet<>(List.of(fresh.getPropertyNames()));
		loaded(this.environment.getPropertySources())
			.forEach((source) -> served.addAll(List.of(((EnumerablePropertySource<?>) source).getPropertyNames())));
		served.removeIf((property) -> property.equals(ConfigServers.VERSION) || isTheVersion(fresh, property));
		Set<String> changed = new TreeSet<>();
		for (String property : served) {
			try {
				if (!Objects.equals(this.environment.getProperty(property), candidate.getProperty(property))) {
					changed.add(property);
				}
			}
			catch (IllegalArgumentException ex) {
				throw new RefusedException(property, Causes.root(ex));
			}
		}
		return changed;
	}

	/** What shows the version changes with each, and says nothing. */
	private static boolean isTheVersion(CompositePropertySource fresh, String property) {
		return String.valueOf(fresh.getProperty(property)).startsWith("${" + ConfigServers.VERSION);
	}

	private void requireNoRestart(Set<String> changed) throws RefusedException {
		List<Problem> problems = changed.stream().filter((property) -> {
			ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
			return this.parts.stream().noneMatch((part) -> part.takes(name)) && this.known.get().contains(name);
		}).map((property) -> new Problem(property, "needs a restart")).toList();
		if (!problems.isEmpty()) {
			throw new RefusedException(problems);
		}
	}

	private Set<String> unknown(CompositePropertySource fresh) {
		Set<String> unknown = new TreeSet<>();
		for (String property : fresh.getPropertyNames()) {
			if (!property.equals(ConfigServers.VERSION)
					&& !this.known.get().contains(ConfigurationPropertyName.adapt(property, '.'))) {
				unknown.add(property);
			}
		}
		return unknown;
	}

}
