package io.microplatform.instance.configuration;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerGroup;
import org.springframework.boot.logging.LoggerGroups;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.Environment;

/**
 * Sets the log levels of a version. A logger that is no longer configured inherits its
 * level again; the root logger returns to INFO. Spring Cloud's
 * {@link org.springframework.cloud.logging.LoggingRebinder} does not reset levels.
 */
final class LogLevels implements RefreshParticipant {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("logging.level");

	private final LoggingSystem logging;

	private final LoggerGroups groups;

	private Map<String, LogLevel> configured;

	LogLevels(LoggingSystem logging, LoggerGroups groups, Environment environment) {
		this.logging = logging;
		this.groups = groups;
		this.configured = configured(Binder.get(environment));
	}

	@Override
	public boolean handles(ConfigurationPropertyName property) {
		return PREFIX.isAncestorOf(property);
	}

	@Override
	public Runnable prepare(Binder candidate) throws VersionRefusedException {
		try {
			Map<String, LogLevel> wanted = configured(candidate);
			return () -> set(wanted);
		}
		catch (BindException ex) {
			throw new VersionRefusedException(Problem.of(ex.getName().toString(), ex));
		}
	}

	private static Map<String, LogLevel> configured(Binder binder) {
		return new TreeMap<>(binder.bind(PREFIX, Bindable.mapOf(String.class, LogLevel.class)).orElse(Map.of()));
	}

	private void set(Map<String, LogLevel> wanted) {
		Set<String> all = new HashSet<>(this.configured.keySet());
		all.addAll(wanted.keySet());
		for (String name : all) {
			@Nullable LogLevel level = wanted.get(name);
			if (level != this.configured.get(name)) {
				set(name, level);
			}
		}
		this.configured = wanted;
	}

	private void set(String name, @Nullable LogLevel level) {
		@Nullable LoggerGroup group = this.groups.get(name);
		if (group != null && group.hasMembers()) {
			group.configureLogLevel(level, this.logging::setLogLevel);
		}
		else if (name.equalsIgnoreCase(LoggingSystem.ROOT_LOGGER_NAME)) {
			this.logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, (level != null) ? level : LogLevel.INFO);
		}
		else {
			this.logging.setLogLevel(name, level);
		}
	}

}
