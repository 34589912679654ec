package io.microplatform.config;

import io.microplatform.instance.secret.RequiredSecret;
import io.microplatform.instance.secret.ServerSecurityConfiguration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * Opens the webhook, whose deliveries are signed, to all clients, and the environment of
 * an application and rollouts to clients with the password. Denies everything else that
 * Spring Cloud Config offers, such as encryption and single files, to all clients.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration extends ServerSecurityConfiguration {

	SecurityConfiguration() {
		super(PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, "/webhook"));
	}

	@Bean
	static RequiredSecret password() {
		return new RequiredSecret("platform.config.password");
	}

	@Override
	protected HttpSecurity authorize(HttpSecurity http) {
		return http.authorizeHttpRequests((requests) -> requests.requestMatchers("/error")
			.authenticated()
			.requestMatchers("/encrypt/**", "/decrypt/**", "/key/**")
			.denyAll()
			.requestMatchers(HttpMethod.GET, "/history", "/{application}/{profiles}",
					"/{application}/{profiles}/{version}")
			.hasRole(ROLE)
			.requestMatchers(HttpMethod.POST, "/refresh", "/pull")
			.hasRole(ROLE)
			.anyRequest()
			.denyAll());
	}

}
