package io.microplatform.gateway.upstream;

import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * How the gateway calls services.
 */
@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {

	/**
	 * No second layer of retries: by default the client repeats a request, whatever its
	 * method, when a pooled connection turns out to be closed. And an answer that stalls
	 * half-way is given up; the property's own use ends with the answer's head.
	 */
	@Bean
	HttpClientCustomizer oneTryWithinItsTime(HttpClientProperties properties) {
		return (client) -> client.disableRetry(true).responseTimeout(properties.getResponseTimeout());
	}

}
