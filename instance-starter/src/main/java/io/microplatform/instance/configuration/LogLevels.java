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
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Sets log levels. A level that is not configured any more follows its parent's again,
 * and the root's is INFO, as at the start.
 */
final class LogLevels implements LivePart {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("logging.level");

	private final LoggingSystem logging;

	private final LoggerGroups groups;

	private Map<String, LogLevel> configured;

	LogLevels(LoggingSystem logging, LoggerGroups groups, ConfigurableEnvironment environment) {
		this.logging = logging;
		this.groups = groups;
		this.configured = configured(environment);
	}

	@Override
	public boolean takes(ConfigurationPropertyName property) {
		return PREFIX.isAncestorOf(property);
	}

	@Override
	public Runnable prepare(ConfigurableEnvironment candidate) throws RefusedException {
		try {
			Map<String, LogLevel> wanted = configured(candidate);
			return () -> set(wanted);
		}
		catch (BindException ex) {
			throw new RefusedException(ex.getName().toString(), Causes.root(ex));
		}
	}

	private static Map<String, LogLevel> configured(ConfigurableEnvironment environment) {
		return new TreeMap<>(
				Binder.get(environment).bind(PREFIX, Bindable.mapOf(String.class, LogLevel.class)).orElse(Map.of()));
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
