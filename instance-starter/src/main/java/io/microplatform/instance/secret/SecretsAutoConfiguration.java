package io.microplatform.instance.secret;

import java.util.ArrayList;
import java.util.List;

import io.microplatform.instance.management.ManagementCredential;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link AutoConfiguration Auto-configuration} that checks every {@link RequiredSecret},
 * and the password of the {@link ManagementCredential} if there is one, before a bean is
 * created that could use it.
 */
@AutoConfiguration
public class SecretsAutoConfiguration {

	@Bean
	static BeanFactoryPostProcessor secretsCheck(Environment environment) {
		return (beans) -> {
			List<RequiredSecret> secrets = new ArrayList<>(
					beans.getBeansOfType(RequiredSecret.class, true, false).values());
			if (environment.containsProperty(ManagementCredential.PASSWORD)) {
				secrets.add(new RequiredSecret(ManagementCredential.PASSWORD));
			}
			RequiredSecret.checkAll(secrets, environment::getProperty);
		};
	}

}
