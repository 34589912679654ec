package io.microplatform.instance.drain;

import com.netflix.appinfo.ApplicationInfoManager;
import io.microplatform.instance.configuration.Refreshable;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.netflix.eureka.EurekaClientAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for {@link Drain}, in each instance that
 * registers.
 */
@AutoConfiguration(after = EurekaClientAutoConfiguration.class)
@ConditionalOnBean(ApplicationInfoManager.class)
@ConditionalOnProperty(name = "eureka.client.register-with-eureka", matchIfMissing = true)
@EnableConfigurationProperties(DrainProperties.class)
public class DrainAutoConfiguration {

	@Bean
	Drain drain(ApplicationInfoManager registration, Refreshable<DrainProperties> properties) {
		return new Drain(registration, properties);
	}

}
