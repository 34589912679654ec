package io.microplatform.order;

import java.util.Map;
import java.util.UUID;

import io.microplatform.instance.warmup.WarmUpCall;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * The calls that warm up an instance: what most requests do, for a user that does not
 * exist. An order above the maximum is rejected after everything but its row was written,
 * and is rolled back.
 */
@Configuration(proxyBeanMethods = false)
class WarmUpConfiguration {

	/** Above every maximum that there can be, also one that is configured meanwhile. */
	private static final String TOO_MUCH = "10000000000000";

	private static final String NO_ORDER = "/orders/" + ((1L << 53) - 1);

	@Bean
	WarmUpCall listingOrders() {
		return WarmUpCall.get("/orders?limit=20");
	}

	@Bean
	WarmUpCall readingAnOrder() {
		return WarmUpCall.get(NO_ORDER);
	}

	@Bean
	WarmUpCall placingAnOrder() {
		return posting("/orders", "{\"product\":\"warm-up\",\"amount\":" + TOO_MUCH + "}");
	}

	@Bean
	WarmUpCall cancellingAnOrder() {
		return posting(NO_ORDER + "/cancel", "");
	}

	private static WarmUpCall posting(String target, String body) {
		return new WarmUpCall(HttpMethod.POST, target, Map.of(HttpHeaders.CONTENT_TYPE,
				MediaType.APPLICATION_JSON_VALUE, "Idempotency-Key", UUID.randomUUID().toString()), body);
	}

}
