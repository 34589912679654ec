package io.microplatform.gateway.upstream;

import java.util.Map;

import io.microplatform.instance.warmup.WarmUpCall;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * The warm-up calls of the gateway: one way to each service and back. Without a token,
 * each service answers 401.
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

	@Bean
	WarmUpCall tellingOrderService() {
		return new WarmUpCall(HttpMethod.POST, "/orders",
				Map.of(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE), "{}");
	}

}
