package io.microplatform.gateway.limit;

import java.time.Clock;
import java.time.Duration;

import io.microplatform.instance.token.RemoteKeys;
import io.microplatform.instance.token.TokenProperties;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.loadbalancer.BlockingLoadBalancerInterceptor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * Configuration of the verification of access tokens. The keys are fetched from an
 * instance of the service in {@code platform.tokens.keys-uri}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TokenProperties.class)
class RateLimitConfiguration {

	private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(1);

	@Bean
	Callers callers(BlockingLoadBalancerInterceptor balancer, TokenProperties properties, Clock clock) {
		// A request waits for the keys, but for less time than for its answer.
		SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
		requests.setConnectTimeout(CONNECT_TIMEOUT);
		requests.setReadTimeout(READ_TIMEOUT);
		RestClient client = RestClient.builder().requestFactory(requests).requestInterceptor(balancer).build();
		return new Callers(
				new FirstKeys(new RemoteKeys(client, properties.keysUri(), properties.keysRefresh(), clock), clock),
				properties, clock);
	}

}
