package io.microplatform.instance.secret;

import java.util.List;
import java.util.stream.Stream;

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
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Base class for the security of a server whose clients are instances that share one
 * password: HTTP Basic without sessions. The health probes need no credentials. A
 * subclass declares the password as a bean {@code password} of type
 * {@link RequiredSecret}.
 */
public abstract class ServerSecurityConfiguration {

	/** The user name of all clients. */
	public static final String USER = "platform";

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
	 * Authorizes the requests that are not open.
	 * @param http to be configured
	 * @return the same
	 */
	protected HttpSecurity authorize(HttpSecurity http) {
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
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
		return new InMemoryUserDetailsManager(User.withUsername(USER)
			.password(environment.getRequiredProperty(password.property()))
			.roles("PLATFORM")
			.build());
	}

	@Bean
	GeneratedSecretEncoder passwordEncoder() {
		return new GeneratedSecretEncoder();
	}

}
