package io.microplatform.starter.security;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.microplatform.instance.management.ManagementAutoConfiguration;
import io.microplatform.instance.time.ClockAutoConfiguration;
import io.microplatform.instance.token.RemoteKeys;
import io.microplatform.instance.token.TokenProperties;
import io.microplatform.starter.problem.ProblemAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.OAuth2ResourceServerWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.LoadBalancerAutoConfiguration;
import org.springframework.cloud.loadbalancer.config.BlockingLoadBalancerClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

class TokenSecurityAutoConfigurationTests {

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(TokenSecurityAutoConfiguration.class,
			ProblemAutoConfiguration.class, ClockAutoConfiguration.class, ManagementAutoConfiguration.class,
			JacksonAutoConfiguration.class, NoopTracerAutoConfiguration.class, RestClientAutoConfiguration.class,
			WebMvcAutoConfiguration.class, LoadBalancerAutoConfiguration.class,
			BlockingLoadBalancerClientAutoConfiguration.class,
			org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration.class,
			ServletWebSecurityAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class,
			OAuth2ResourceServerAutoConfiguration.class, OAuth2ResourceServerWebSecurityAutoConfiguration.class);

	private final WebApplicationContextRunner contexts = new WebApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS)
		.withPropertyValues("platform.tokens.issuer=https://example.org", "platform.tokens.audience=example",
				"platform.tokens.clock-skew=2s", "platform.tokens.keys-refresh=5m");

	@Test
	void aWebApplicationAcceptsTheTokensOfThePlatformAndNothingElse() {
		this.contexts.run((context) -> {
			assertThat(context).hasSingleBean(JwtDecoder.class)
				.hasBean("tokenKeys")
				.doesNotHaveBean(UserDetailsService.class);
			assertThat(context).getBean(JWKSource.class).isInstanceOf(RemoteKeys.class);
			assertThat(context).getBeans(SecurityFilterChain.class).containsOnlyKeys("denyByDefault");
		});
	}

	@Test
	void anythingElseHasNoUseForThem() {
		new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(TokenProperties.class)
				.doesNotHaveBean(JWKSource.class)
				.doesNotHaveBean("tokenKeys")
				.doesNotHaveBean("denyByDefault"));
	}

	@Test
	void whoHasTheKeysFetchesNone() {
		JWKSource<SecurityContext> own = (selector, security) -> selector.select(new JWKSet());
		this.contexts.withBean("ownKeys", JWKSource.class, () -> own)
			.run((context) -> assertThat(context).getBean(JWKSource.class).isSameAs(own));
	}

	@Test
	void onlyATrainingRunAcceptsItsOwnTokens() {
		this.contexts.run((context) -> assertThat(context).doesNotHaveBean(TrainingToken.class));
		this.contexts.withPropertyValues("platform.training=true").run((context) -> {
			String token = context.getBean(TrainingToken.class).authorization().replace("Bearer ", "");
			assertThat(context.getBean(JwtDecoder.class).decode(token).getSubject()).isEqualTo("9007199254740991");
		});
	}

	@Test
	void whoReadsTokensInAnotherWayMay() {
		JwtDecoder own = (token) -> {
			throw new UnsupportedOperationException();
		};
		this.contexts.withBean("ownDecoder", JwtDecoder.class, () -> own)
			.run((context) -> assertThat(context).getBean(JwtDecoder.class).isSameAs(own));
	}

	@Test
	void aChainForSomePathsLeavesTheOthersClosed() {
		this.contexts.withUserConfiguration(ChainForSomePaths.class)
			.run((context) -> assertThat(context.getBean(FilterChainProxy.class).getFilterChains()).containsExactly(
					context.getBean("somePaths", SecurityFilterChain.class),
					context.getBean("denyByDefault", SecurityFilterChain.class)));
	}

	@ParameterizedTest
	@CsvSource({ "issuer, ' ', issuer", "audience, '', audience", "clock-skew, '', clockSkew",
			"clock-skew, -1s, clockSkew", "clock-skew, 6m, clockSkew", "keys-refresh, '', keysRefresh",
			"keys-refresh, 1s, keysRefresh" })
	void aValueThatIsNoneStopsTheStart(String property, String value, String field) {
		this.contexts.withPropertyValues("platform.tokens." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("'platform.tokens' on field '" + field + "'"));
	}

	@Configuration(proxyBeanMethods = false)
	static class ChainForSomePaths {

		@Bean
		@Order(1)
		SecurityFilterChain somePaths(HttpSecurity http) {
			return http.securityMatcher("/some/**").build();
		}

	}

}
