package io.microplatform.instance.drain;

import com.netflix.appinfo.ApplicationInfoManager;
import io.microplatform.instance.configuration.Live;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.netflix.eureka.EurekaClientAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Lets every instance that is in the registry say goodbye before it goes, unless
 * {@code platform.drain.enabled=false} by then.
 */
@AutoConfiguration(after = EurekaClientAutoConfiguration.class)
@ConditionalOnBean(ApplicationInfoManager.class)
@ConditionalOnProperty(name = "eureka.client.register-with-eureka", matchIfMissing = true)
@EnableConfigurationProperties(DrainProperties.class)
public class DrainAutoConfiguration {

	@Bean
	Drain drain(ApplicationInfoManager registration, Live<DrainProperties> properties) {
		return new Drain(registration, properties);
	}

}
