package io.microplatform.instance.drain;

import com.netflix.appinfo.ApplicationInfoManager;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.netflix.eureka.EurekaClientAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Lets every instance that is in the registry say goodbye before it goes, unless
 * {@code platform.drain.enabled=false}.
 */
@AutoConfiguration(after = EurekaClientAutoConfiguration.class)
@ConditionalOnBean(ApplicationInfoManager.class)
@ConditionalOnProperty(name = { "platform.drain.enabled", "eureka.client.register-with-eureka" }, matchIfMissing = true)
@EnableConfigurationProperties(DrainProperties.class)
public class DrainAutoConfiguration {

	@Bean
	Drain drain(ApplicationInfoManager registration, DrainProperties properties) {
		return new Drain(registration, properties.time());
	}

}
