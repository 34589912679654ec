package io.microplatform.user.account;

import io.microplatform.instance.secret.RequiredSecret;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Requires that the first administrator's password cannot be guessed.
 */
@Configuration(proxyBeanMethods = false)
class AdministratorConfiguration {

	@Bean
	@ConditionalOnProperty("platform.admin.email")
	static RequiredSecret administratorPassword() {
		return new RequiredSecret("platform.admin.password");
	}

}
