package io.microplatform.gateway.upstream;

import io.microplatform.instance.warmup.WarmUpCall;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The way to each service and back: without a token each answers 401.
 */
@Configuration(proxyBeanMethods = false)
class WarmUpConfiguration {

	@Bean
	WarmUpCall askingUserService() {
		return WarmUpCall.get("/users/me");
	}

	@Bean
	WarmUpCall askingOrderService() {
		return WarmUpCall.get("/orders");
	}

}
