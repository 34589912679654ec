package io.microplatform.starter.security;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.microplatform.instance.management.ManagementAutoConfiguration;
import io.microplatform.instance.management.ManagementCredential;
import io.microplatform.instance.time.ClockAutoConfiguration;
import io.microplatform.instance.token.RemoteKeys;
import io.microplatform.instance.token.TokenProperties;
import io.microplatform.starter.problem.ProblemAutoConfiguration;
import io.microplatform.starter.problem.ProblemWriter;
import io.microplatform.starter.web.ArgumentResolver;
import jakarta.servlet.DispatcherType;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.BlockingLoadBalancerInterceptor;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.client.RestClient;

/**
 * {@link AutoConfiguration} that verifies access tokens in the service itself: ES256
 * only, with issuer, audience and times, and denies every call that is not declared a
 * {@link PublicEndpoint} without a valid token. Actuator endpoints that monitoring does
 * not read require the {@link ManagementCredential}. The keys come from user-service
 * unless the service has a {@link JWKSource} of its own. The token's {@code roles} become
 * authorities: {@code ADMIN} is {@code ROLE_ADMIN}.
 */
@AutoConfiguration(
		after = { ProblemAutoConfiguration.class, ClockAutoConfiguration.class, ManagementAutoConfiguration.class },
		before = { OAuth2ResourceServerAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(TokenProperties.class)
public class TokenSecurityAutoConfiguration {

	/** The maximum number of cached signatures, and of users whose tokens are cached. */
	private static final int REMEMBERED_SIGNATURES = 10_000;

	@Bean
	@ConditionalOnMissingBean(JWKSource.class)
	RemoteKeys platformKeys(RestClient.Builder builder, BlockingLoadBalancerInterceptor balancer,
			TokenProperties properties, Clock clock) {
		RestClient client = builder.requestInterceptor(balancer).build();
		return new RemoteKeys(client, properties.keysUri(), properties.keysRefresh(), clock);
	}

	@Bean("tokenKeys")
	TokenKeysHealthIndicator tokenKeys(JWKSource<SecurityContext> keys) {
		return new TokenKeysHealthIndicator(keys);
	}

	@Bean
	@ConditionalOnProperty("platform.training")
	TrainingToken trainingToken(TokenProperties properties, Clock clock) throws JOSEException {
		return new TrainingToken(properties, clock);
	}

	@Bean
	@ConditionalOnMissingBean
	JwtDecoder jwtDecoder(JWKSource<SecurityContext> keys, ObjectProvider<TrainingToken> training,
			TokenProperties properties, Clock clock) {
		DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
		@Nullable TrainingToken own = training.getIfAvailable();
		processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256,
				(own != null) ? (selector, context) -> own.keys(selector) : keys));
		processor.setJWSVerifierFactory(new RememberedSignatures(REMEMBERED_SIGNATURES));
		processor.setJWTClaimsSetVerifier((claims, context) -> {
			// The validators below judge the claims, with messages of their own.
		});
		NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
		JwtTimestampValidator times = new JwtTimestampValidator(properties.clockSkew());
		times.setClock(clock);
		times.setAllowEmptyExpiryClaim(false);
		decoder.setJwtValidator(
				new DelegatingOAuth2TokenValidator<>(List.of(times, new JwtIssuerValidator(properties.issuer()),
						new JwtAudienceValidator(properties.audience()), CurrentUser::validate)));
		return decoder;
	}

	/**
	 * A span and a timer for each of some fifteen filters that a call passes, which are
	 * of no use: without them the filters are not even wrapped.
	 */
	@Bean
	@ConditionalOnMissingBean
	SecurityObservationSettings securityObservations() {
		return SecurityObservationSettings.noObservations();
	}

	/**
	 * Stays in place when the service has a chain of its own, which has precedence for
	 * its own paths: other paths stay closed.
	 */
	@Bean
	SecurityFilterChain denyByDefault(HttpSecurity http, ObjectProvider<PublicEndpoint> publicEndpoints,
			ProblemWriter problems, ManagementCredential management) {
		ProblemAuthenticationFailure refusal = new ProblemAuthenticationFailure(problems);
		RequestMatcher open = open(publicEndpoints);
		BearerTokenResolver tokens = new DefaultBearerTokenResolver();
		return http.authorizeHttpRequests((calls) -> {
			calls.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
			calls.requestMatchers(open).permitAll();
			calls.requestMatchers(EndpointRequest.toAnyEndpoint())
				.access((caller, call) -> new AuthorizationDecision(
						management.isIn(call.getRequest().getHeader(HttpHeaders.AUTHORIZATION))));
			calls.anyRequest().authenticated();
		})
			.oauth2ResourceServer((server) -> server
				// A token that is no longer valid does not close what needs none.
				.bearerTokenResolver((request) -> open.matches(request) ? null : tokens.resolve(request))
				.authenticationEntryPoint(refusal)
				.accessDeniedHandler(refusal)
				.jwt((jwt) -> jwt.jwtAuthenticationConverter(roles()))
				.withObjectPostProcessor(refusingWith(refusal)))
			.addFilterAfter(new RequestLogFields(), BearerTokenAuthenticationFilter.class)
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(refusal).accessDeniedHandler(refusal))
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.csrf(AbstractHttpConfigurer::disable) // no cookies, hence nothing to forge
			.logout(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.build();
	}

	@Bean
	ArgumentResolver currentUserAsParameter() {
		return new CurrentUser.Resolver();
	}

	private static RequestMatcher open(ObjectProvider<PublicEndpoint> publicEndpoints) {
		List<RequestMatcher> open = new ArrayList<>();
		// What monitoring reads is open on the management port, which only operators
		// reach.
		open.add(EndpointRequest.to("health", "info", "prometheus"));
		// Asks for the password of the config server itself.
		open.add(EndpointRequest.to("configuration"));
		publicEndpoints.orderedStream()
			.forEach((call) -> open.add(PathPatternRequestMatcher.pathPattern(call.method(), call.path())));
		return new OrRequestMatcher(open);
	}

	private static JwtAuthenticationConverter roles() {
		JwtGrantedAuthoritiesConverter authorities = new JwtGrantedAuthoritiesConverter();
		authorities.setAuthoritiesClaimName("roles");
		authorities.setAuthorityPrefix(CurrentUser.ROLE_PREFIX);
		JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
		converter.setJwtGrantedAuthoritiesConverter(authorities);
		return converter;
	}

	private static ObjectPostProcessor<BearerTokenAuthenticationFilter> refusingWith(
			ProblemAuthenticationFailure refusal) {
		return new ObjectPostProcessor<>() {

			@Override
			public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
				filter.setAuthenticationFailureHandler(refusal);
				return filter;
			}

		};
	}

}
