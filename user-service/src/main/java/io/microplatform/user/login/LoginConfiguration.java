package io.microplatform.user.login;

import java.time.Clock;

import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.starter.background.ExpiredRows;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Configuration that deletes expired addresses of logins.
 */
@Configuration(proxyBeanMethods = false)
class LoginConfiguration {

	@Bean
	ExpiredRows expiredLoginAddresses(JdbcClient jdbc, Clock clock, Refreshable<LoginProperties> properties) {
		return new ExpiredRows(jdbc, clock, "login_addresses", "last_login_at", () -> properties.get().cleanUp());
	}

}
