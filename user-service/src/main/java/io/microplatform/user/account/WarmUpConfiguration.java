package io.microplatform.user.account;

import io.microplatform.instance.warmup.WarmUpCall;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What most requests do, but for nobody.
 */
@Configuration(proxyBeanMethods = false)
class WarmUpConfiguration {

	@Bean
	WarmUpCall readingOneself() {
		return WarmUpCall.get("/users/me");
	}

}
