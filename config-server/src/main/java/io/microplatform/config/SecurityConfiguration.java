package io.microplatform.config;

import io.microplatform.instance.secret.GeneratedSecretEncoder;
import io.microplatform.instance.secret.RequiredSecret;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;

/**
 * Denies everything except the health probes and, to those with the password, the
 * actuator, the environment of an application and refreshes. What else Spring Cloud
 * Config offers (encryption, single files, other formats) nobody gets.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	private static final String PASSWORD = "platform.config.password";

	@Bean
	static RequiredSecret password() {
		return new RequiredSecret(PASSWORD);
	}

	/** Reads no credentials, so that wrong ones do not close what needs none. */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	SecurityFilterChain open(HttpSecurity http) {
		PathPatternRequestMatcher.Builder calls = PathPatternRequestMatcher.withDefaults();
		return http
			.securityMatcher(new OrRequestMatcher(calls.matcher("/actuator/health/liveness"),
					calls.matcher("/actuator/health/readiness"),
					// Signed, if there is a part that takes it.
					calls.matcher(HttpMethod.POST, "/webhook")))
			.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.csrf(AbstractHttpConfigurer::disable)
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.build();
	}

	@Bean
	SecurityFilterChain securityFilterChain(HttpSecurity http) {
		return http
			.authorizeHttpRequests((requests) -> requests.requestMatchers("/actuator/**", "/error")
				.authenticated()
				.requestMatchers("/encrypt/**", "/decrypt/**", "/key/**")
				.denyAll()
				.requestMatchers(HttpMethod.GET, "/history", "/{application}/{profiles}",
						"/{application}/{profiles}/{version}")
				.authenticated()
				.requestMatchers(HttpMethod.POST, "/refresh", "/pull")
				.authenticated()
				.anyRequest()
				.denyAll())
			.httpBasic(Customizer.withDefaults())
			.csrf(AbstractHttpConfigurer::disable) // no cookies, hence nothing to forge
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.build();
	}

	@Bean
	UserDetailsService users(@Value("${" + PASSWORD + "}") String password) {
		return new InMemoryUserDetailsManager(
				User.withUsername("platform").password(password).roles("PLATFORM").build());
	}

	@Bean
	GeneratedSecretEncoder passwordEncoder() {
		return new GeneratedSecretEncoder();
	}

}
