package io.microplatform.instance.configuration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.microplatform.instance.configuration.ConfigurationReport.Result;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.cloud.config.environment.Environment;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertyResolver;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySourcesPropertyResolver;
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
			Environment loaded = this.server.load(candidate);
			String to = loaded.getVersion();
			List<PropertySource<?>> fresh = sources(loaded);
			Set<String> unknown = names(fresh.stream()).filter((property) -> !isKnown(property))
				.collect(Collectors.toSet());
			if (from.equals(to)) {
				return report(Result.UNCHANGED, from, to, Set.of(), List.of(), unknown);
			}
			MutablePropertySources current = new MutablePropertySources(this.environment.getPropertySources());
			current.remove("configurationProperties");
			MutablePropertySources future = new MutablePropertySources(current);
			replace(future, fresh);
			Set<String> changed = changed(current, future);
			requireNoRestart(changed);
			Binder binder = new Binder(ConfigurationPropertySources.from(future),
					new PropertySourcesPlaceholdersResolver(future));
			List<Runnable> changes = new ArrayList<>();
			for (RefreshParticipant participant : this.participants) {
				changes.add(participant.prepare(binder));
			}
			if (candidate != null) {
				return report(Result.ACCEPTABLE, from, to, changed, List.of(), unknown);
			}
			replace(this.environment.getPropertySources(), fresh);
			changes.forEach(Runnable::run);
			this.listener.accept(to);
			log.info("Applied configuration {} after {}: {}", to, from, changed);
			return report(Result.TAKEN, from, to, changed, List.of(), unknown);
		}
		catch (VersionRefusedException ex) {
			log.warn("Refused configuration {}, keeping {}: {}", (candidate != null) ? candidate : "(published)", from,
					ex.problems());
			return report(Result.REFUSED, from, from, Set.of(), ex.problems(), Set.of());
		}
	}

	private ConfigurationReport report(Result result, String from, String to, Set<String> changed,
			List<Problem> problems, Set<String> unknown) {
		return new ConfigurationReport(result, from, to, changed, problems, unknown, this.server.profile());
	}

	/** In the order of precedence, as at startup; the version has the lowest. */
	private static List<PropertySource<?>> sources(Environment loaded) {
		List<PropertySource<?>> sources = new ArrayList<>();
		loaded.getPropertySources().forEach((source) -> {
			Map<String, Object> properties = new HashMap<>();
			source.getSource().forEach((key, value) -> properties.put(String.valueOf(key), value));
			sources.add(new MapPropertySource(SERVED + source.getName(), properties));
		});
		sources.add(new MapPropertySource(SERVED + "version/" + loaded.getVersion(),
				Map.of(ConfigServerClient.VERSION, loaded.getVersion())));
		return sources;
	}

	/**
	 * At the same position, so that what had precedence still has it. For a moment a
	 * concurrent reader may find properties of both versions; a {@link Refreshable}
	 * record never has both.
	 */
	private static void replace(MutablePropertySources sources, List<PropertySource<?>> fresh) {
		List<String> old = served(sources).map(PropertySource::getName).toList();
		fresh.forEach((source) -> sources.addBefore(old.getFirst(), source));
		old.forEach(sources::remove);
	}

	private static Stream<PropertySource<?>> served(MutablePropertySources sources) {
		return sources.stream()
			.filter((source) -> source.getName().startsWith(SERVED) || source.getName().equals("configClient"));
	}

	private static Stream<String> names(Stream<PropertySource<?>> sources) {
		return sources.flatMap((source) -> Stream.of(((EnumerablePropertySource<?>) source).getPropertyNames()))
			.filter((property) -> !property.equals(ConfigServerClient.VERSION));
	}

	private static Set<String> changed(MutablePropertySources current, MutablePropertySources future)
			throws VersionRefusedException {
		PropertyResolver before = new PropertySourcesPropertyResolver(current);
		PropertyResolver after = new PropertySourcesPropertyResolver(future);
		String version = after.getRequiredProperty(ConfigServerClient.VERSION);
		Set<String> changed = new TreeSet<>();
		for (String property : names(Stream.concat(served(current), served(future))).collect(Collectors.toSet())) {
			try {
				@Nullable String value = after.getProperty(property);
				// A property that shows the version is different in every version.
				if (!Objects.equals(before.getProperty(property), value) && !version.equals(value)) {
					changed.add(property);
				}
			}
			catch (IllegalArgumentException ex) {
				throw new VersionRefusedException(Problem.of(property, ex));
			}
		}
		return changed;
	}

	private void requireNoRestart(Set<String> changed) throws VersionRefusedException {
		List<Problem> problems = changed.stream().filter((property) -> {
			ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
			return !INFO.isAncestorOf(name)
					&& this.participants.stream().noneMatch((participant) -> participant.handles(name))
					&& isKnown(property);
		}).map((property) -> new Problem(property, "needs a restart")).toList();
		if (!problems.isEmpty()) {
			throw new VersionRefusedException(problems);
		}
	}

	private boolean isKnown(String property) {
		return this.known.get().contains(ConfigurationPropertyName.adapt(property, '.'));
	}

}
