package io.microplatform.user.account;

import io.microplatform.instance.training.TrainingCall;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The training call, for a user that does not exist.
 */
@Configuration(proxyBeanMethods = false)
class TrainingConfiguration {

	@Bean
	TrainingCall readingOneself() {
		return TrainingCall.get("/users/me");
	}

}
