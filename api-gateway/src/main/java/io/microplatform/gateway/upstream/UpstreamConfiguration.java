package io.microplatform.gateway.upstream;

import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The HTTP client for the services.
 */
@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {

	/**
	 * Turns off the retry of Reactor Netty, which sends any request again if a pooled
	 * connection turns out to be closed. Applies the response timeout to the parts of the
	 * body as well; the framework applies it to the head only.
	 */
	@Bean
	HttpClientCustomizer singleAttemptWithTimeout(HttpClientProperties properties) {
		return (client) -> client.disableRetry(true).responseTimeout(properties.getResponseTimeout());
	}

}
