package io.microplatform.user.account;

import io.microplatform.instance.warmup.WarmUpCall;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The call that warms up an instance, for a user that does not exist.
 */
@Configuration(proxyBeanMethods = false)
class WarmUpConfiguration {

	@Bean
	WarmUpCall readingOneself() {
		return WarmUpCall.get("/users/me");
	}

}
