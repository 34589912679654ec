package io.microplatform.instance.secret;

import java.util.List;
import java.util.stream.Stream;

import io.microplatform.instance.management.ManagementCredential;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Base class for the security of a server whose clients are instances that share one
 * password: HTTP Basic without sessions. The health probes need no credentials; the
 * actuator endpoints other than health, info and prometheus require the
 * {@link ManagementCredential}, which grants no access outside the actuator. A subclass
 * declares the password as a bean {@code password} of type {@link RequiredSecret}.
 */
public abstract class ServerSecurityConfiguration {

	/** The user name of all clients. */
	public static final String USER = "platform";

	/** The role of all clients. */
	protected static final String ROLE = "PLATFORM";

	private static final String MANAGEMENT_ROLE = "MANAGEMENT";

	private static final String[] MONITORING = { "/actuator/health/**", "/actuator/info", "/actuator/prometheus" };

	private static final int BEFORE_THE_REST = 0;

	private final List<RequestMatcher> open;

	/**
	 * Creates the configuration.
	 * @param open requests that need no credentials, besides the health probes
	 */
	protected ServerSecurityConfiguration(RequestMatcher... open) {
		PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
		this.open = Stream
			.concat(Stream.of(paths.matcher("/actuator/health/liveness"), paths.matcher("/actuator/health/readiness")),
					Stream.of(open))
			.toList();
	}

	/**
	 * Authorizes the requests that are neither open nor for the actuator. Errors of
	 * actuator requests are dispatched to {@code /error} with the same user.
	 * @param http to be configured
	 * @return the same
	 */
	protected HttpSecurity authorize(HttpSecurity http) {
		return http.authorizeHttpRequests(
				(requests) -> requests.requestMatchers("/error").authenticated().anyRequest().hasRole(ROLE));
	}

	/** Reads no credentials, so that wrong ones do not close an open endpoint. */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	SecurityFilterChain openSecurityFilterChain(HttpSecurity http) {
		return stateless(http).securityMatcher(new OrRequestMatcher(this.open))
			.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.build();
	}

	@Bean
	@Order(BEFORE_THE_REST)
	SecurityFilterChain actuatorSecurityFilterChain(HttpSecurity http) {
		return stateless(http).securityMatcher("/actuator/**")
			.authorizeHttpRequests((requests) -> requests.requestMatchers(MONITORING)
				.hasAnyRole(ROLE, MANAGEMENT_ROLE)
				.anyRequest()
				.hasRole(MANAGEMENT_ROLE))
			.httpBasic(Customizer.withDefaults())
			.build();
	}

	@Bean
	SecurityFilterChain securityFilterChain(HttpSecurity http) {
		return authorize(stateless(http)).httpBasic(Customizer.withDefaults()).build();
	}

	/** Without cookies there is nothing to forge. */
	private static HttpSecurity stateless(HttpSecurity http) {
		return http.csrf(AbstractHttpConfigurer::disable)
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
	}

	@Bean
	UserDetailsService users(@Qualifier("password") RequiredSecret password, Environment environment) {
		InMemoryUserDetailsManager users = new InMemoryUserDetailsManager(
				user(USER, environment.getRequiredProperty(password.property()), ROLE));
		String management = environment.getProperty(ManagementCredential.PASSWORD);
		if (management != null) {
			users.createUser(user(ManagementCredential.USER, management, MANAGEMENT_ROLE));
		}
		return users;
	}

	private static UserDetails user(String name, String password, String role) {
		return User.withUsername(name).password(password).roles(role).build();
	}

	@Bean
	GeneratedSecretEncoder passwordEncoder() {
		return new GeneratedSecretEncoder();
	}

}
