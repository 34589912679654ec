package io.microplatform.order;

import java.util.Map;
import java.util.UUID;

import io.microplatform.instance.training.TrainingCall;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * The training calls: what most requests do, for a user that does not exist. An order
 * above the maximum is rejected after its key is stored, and the transaction is rolled
 * back.
 */
@Configuration(proxyBeanMethods = false)
class TrainingConfiguration {

	/** Above every maximum that there can be, also one that is configured meanwhile. */
	private static final String TOO_MUCH = "10000000000000";

	private static final String NO_ORDER = "/orders/" + ((1L << 53) - 1);

	@Bean
	TrainingCall listingOrders() {
		return TrainingCall.get("/orders?limit=20");
	}

	@Bean
	TrainingCall readingAnOrder() {
		return TrainingCall.get(NO_ORDER);
	}

	@Bean
	TrainingCall placingAnOrder() {
		return posting("/orders", "{\"product\":\"training\",\"amount\":" + TOO_MUCH + "}");
	}

	@Bean
	TrainingCall cancellingAnOrder() {
		return posting(NO_ORDER + "/cancel", "");
	}

	private static TrainingCall posting(String target, String body) {
		return new TrainingCall(HttpMethod.POST, target, Map.of(HttpHeaders.CONTENT_TYPE,
				MediaType.APPLICATION_JSON_VALUE, "Idempotency-Key", UUID.randomUUID().toString()), body);
	}

}
