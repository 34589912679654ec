package io.microplatform.instance.secret;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link AutoConfiguration Auto-configuration} that checks every {@link RequiredSecret}
 * before a bean is created that could use it.
 */
@AutoConfiguration
public class SecretsAutoConfiguration {

	@Bean
	static BeanFactoryPostProcessor secretsCheck(Environment environment) {
		return (beans) -> RequiredSecret.checkAll(beans.getBeansOfType(RequiredSecret.class, true, false).values(),
				environment::getProperty);
	}

}
