package io.microplatform.discovery;

import io.microplatform.instance.secret.GeneratedSecretEncoder;
import io.microplatform.instance.secret.RequiredSecret;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Denies everything to those without the password, except the health probes.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	/** All instances are the same user. */
	static final String USER = "platform";

	private static final String PASSWORD = "platform.discovery.password";

	@Bean
	static RequiredSecret password() {
		return new RequiredSecret(PASSWORD);
	}

	/** Reads no credentials, so that wrong ones do not close what needs none. */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	SecurityFilterChain probes(HttpSecurity http) {
		return http.securityMatcher("/actuator/health/liveness", "/actuator/health/readiness")
			.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.build();
	}

	@Bean
	SecurityFilterChain securityFilterChain(HttpSecurity http) {
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
			.httpBasic(Customizer.withDefaults())
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			// The registry's clients are programs, which no foreign page can make send
			// something.
			.csrf((csrf) -> csrf.ignoringRequestMatchers("/eureka/**"))
			.build();
	}

	@Bean
	UserDetailsService users(@Value("${" + PASSWORD + "}") String password) {
		return new InMemoryUserDetailsManager(User.withUsername(USER).password(password).roles("PLATFORM").build());
	}

	@Bean
	GeneratedSecretEncoder passwordEncoder() {
		return new GeneratedSecretEncoder();
	}

}
