package io.microplatform.discovery;

import io.microplatform.instance.secret.RequiredSecret;
import io.microplatform.instance.secret.ServerSecurityConfiguration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Denies everything but the health probes to clients without the password.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration extends ServerSecurityConfiguration {

	@Bean
	static RequiredSecret password() {
		return new RequiredSecret("platform.discovery.password");
	}

}
