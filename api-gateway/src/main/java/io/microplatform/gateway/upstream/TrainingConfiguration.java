package io.microplatform.gateway.upstream;

import java.util.Map;

import io.microplatform.instance.training.TrainingCall;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * The training calls of the gateway: one way to each service and back. Without a token,
 * each service answers 401.
 */
@Configuration(proxyBeanMethods = false)
class TrainingConfiguration {

	@Bean
	TrainingCall askingUserService() {
		return TrainingCall.get("/users/me");
	}

	@Bean
	TrainingCall askingOrderService() {
		return TrainingCall.get("/orders");
	}

	@Bean
	TrainingCall tellingOrderService() {
		return new TrainingCall(HttpMethod.POST, "/orders",
				Map.of(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE), "{}");
	}

}
