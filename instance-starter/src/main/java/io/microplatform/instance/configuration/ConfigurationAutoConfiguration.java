package io.microplatform.instance.configuration;

import java.util.List;

import com.netflix.appinfo.ApplicationInfoManager;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.logging.LoggerGroups;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.cloud.bus.BusBridge;
import org.springframework.cloud.bus.BusProperties;
import org.springframework.cloud.bus.ConditionalOnBusEnabled;
import org.springframework.cloud.bus.event.RemoteApplicationEvent;
import org.springframework.cloud.bus.jackson.RemoteApplicationEventScan;
import org.springframework.cloud.config.client.ConfigClientProperties;
import org.springframework.cloud.netflix.eureka.EurekaClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.validation.Validator;

/**
 * Lets an instance that was served its configuration take another version while it runs.
 */
@AutoConfiguration(after = { ValidationAutoConfiguration.class, EurekaClientAutoConfiguration.class })
@ConditionalOnClass({ ConfigClientProperties.class, WebEndpoint.class })
@ConditionalOnProperty(ConfigServers.VERSION)
public class ConfigurationAutoConfiguration {

	@Bean
	LogLevels logLevels(LoggingSystem logging, LoggerGroups groups, ConfigurableEnvironment environment) {
		return new LogLevels(logging, groups, environment);
	}

	@Bean
	LiveRecords liveRecords(ObjectProvider<Live<?>> records, @Qualifier("defaultValidator") Validator validator) {
		return new LiveRecords(records.stream().toList(), validator);
	}

	@Bean
	ReadWhenAsked readWhenAsked() {
		return new ReadWhenAsked();
	}

	@Bean
	VersionSigns versionSigns(ObjectProvider<ApplicationInfoManager> registration, MeterRegistry meters) {
		return new VersionSigns(registration.getIfAvailable(), meters);
	}

	@Bean
	RunningConfiguration runningConfiguration(ConfigurableEnvironment environment, ConfigClientProperties servers,
			List<LivePart> parts, VersionSigns signs) {
		RunningConfiguration configuration = new RunningConfiguration(environment, new ConfigServers(servers), parts,
				() -> KnownProperties.on(getClass().getClassLoader()), signs::show);
		signs.show(configuration.version());
		return configuration;
	}

	@Bean
	ConfigurationEndpoint configurationEndpoint(RunningConfiguration configuration, ConfigClientProperties servers) {
		return new ConfigurationEndpoint(configuration, servers.getPassword());
	}

	/** Where there is a bus. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RemoteApplicationEvent.class)
	@ConditionalOnBusEnabled
	@ConditionalOnBean(ApplicationInfoManager.class)
	@RemoteApplicationEventScan(basePackageClasses = TakePublished.class)
	static class OnTheBus {

		@Bean
		BusLine busLine(RunningConfiguration configuration, BusBridge bus, BusProperties properties,
				ApplicationInfoManager registration) {
			return new BusLine(configuration, bus, properties.getId(), registration.getInfo().getInstanceId());
		}

	}

}
