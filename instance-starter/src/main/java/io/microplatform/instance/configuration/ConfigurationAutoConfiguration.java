package io.microplatform.instance.configuration;

import java.util.List;

import com.netflix.appinfo.ApplicationInfoManager;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.logging.LoggerGroups;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.cloud.config.client.ConfigClientProperties;
import org.springframework.cloud.netflix.eureka.EurekaClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.validation.Validator;

/**
 * Applies new versions of the configuration at run time, in an instance that loaded its
 * configuration from a config server.
 */
@AutoConfiguration(after = { ValidationAutoConfiguration.class, EurekaClientAutoConfiguration.class })
@ConditionalOnClass({ ConfigClientProperties.class, WebEndpoint.class })
@ConditionalOnProperty(ConfigServerClient.VERSION)
public class ConfigurationAutoConfiguration {

	@Bean
	LogLevels logLevels(LoggingSystem logging, LoggerGroups groups, Environment environment) {
		return new LogLevels(logging, groups, environment);
	}

	@Bean
	RefreshableRecords refreshableRecords(ObjectProvider<Refreshable<?>> records,
			@Qualifier("defaultValidator") Validator validator) {
		return new RefreshableRecords(records.stream().toList(), validator);
	}

	@Bean
	ConfigurationVersion configurationVersion(ObjectProvider<ApplicationInfoManager> registration,
			MeterRegistry meters) {
		return new ConfigurationVersion(registration.getIfAvailable(), meters);
	}

	@Bean
	RunningConfiguration runningConfiguration(ConfigurableEnvironment environment, ConfigClientProperties properties,
			List<RefreshParticipant> participants, ConfigurationVersion version) {
		RunningConfiguration configuration = new RunningConfiguration(environment,
				new ConfigServerClient(properties, environment.getActiveProfiles()), participants,
				() -> KnownProperties.on(getClass().getClassLoader()), version::publish);
		version.publish(configuration.version());
		return configuration;
	}

	@Bean
	ConfigurationEndpoint configurationEndpoint(RunningConfiguration configuration, ConfigClientProperties properties) {
		return new ConfigurationEndpoint(configuration, properties.getPassword());
	}

}
