package io.microplatform.admin;

import io.microplatform.instance.management.ManagementCredential;
import io.microplatform.instance.secret.GeneratedSecretEncoder;
import io.microplatform.instance.secret.RequiredSecret;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.CookieRequestCache;

/**
 * Requires the password of the administrator for all requests except the health probes.
 * Browsers log in with a form, other clients with HTTP Basic. Permits only read access:
 * the server knows the password of the actuators, and clients must not be able to use it
 * for other purposes.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	static final String USER = "admin";

	private static final String PASSWORD = "platform.admin-server.password";

	/**
	 * The page has no inline scripts. Its scripts set styles, and its style sheets
	 * contain images. The login form is Spring Security's, because that of Spring Boot
	 * Admin has an inline script.
	 */
	private static final String CONTENT = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
			+ "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'self'; "
			+ "frame-ancestors 'none'";

	@Bean
	static RequiredSecret password() {
		return new RequiredSecret(PASSWORD);
	}

	@Bean
	static RequiredSecret managementPassword() {
		return new RequiredSecret(ManagementCredential.PASSWORD);
	}

	@Bean
	SecurityFilterChain securityFilterChain(HttpSecurity http) {
		return http
			.authorizeHttpRequests(
					(requests) -> requests.requestMatchers("/actuator/health/liveness", "/actuator/health/readiness")
						.permitAll()
						.requestMatchers(HttpMethod.GET, "/**")
						.authenticated()
						// The page requests the operations that an endpoint supports.
						.requestMatchers(HttpMethod.OPTIONS, "/instances/**")
						.authenticated()
						.anyRequest()
						.denyAll())
			.formLogin(Customizer.withDefaults())
			.httpBasic(Customizer.withDefaults())
			// The page reads the token from the cookie, and sends it unchanged.
			.csrf((csrf) -> csrf.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse())
				.csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler()))
			// Keeps the requested page in a cookie: anonymous requests must not create
			// sessions.
			.requestCache((cache) -> cache.requestCache(new CookieRequestCache()))
			.headers((headers) -> headers.contentSecurityPolicy((policy) -> policy.policyDirectives(CONTENT))
				.referrerPolicy((referrer) -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
			.build();
	}

	@Bean
	UserDetailsService users(Environment environment) {
		return new InMemoryUserDetailsManager(
				User.withUsername(USER).password(environment.getRequiredProperty(PASSWORD)).roles("ADMIN").build());
	}

	@Bean
	GeneratedSecretEncoder passwordEncoder() {
		return new GeneratedSecretEncoder();
	}

}
