package io.microplatform.instance.secret;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Checks every {@link RequiredSecret} before any bean is made that could use it.
 */
@AutoConfiguration
public class SecretsAutoConfiguration {

	@Bean
	static BeanFactoryPostProcessor secretsCheck(Environment environment) {
		return (beans) -> RequiredSecret.checkAll(beans.getBeansOfType(RequiredSecret.class, true, false).values(),
				environment::getProperty);
	}

}
