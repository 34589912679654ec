package io.microplatform.discovery;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.netflix.eureka.server.ReplicationClientAdditionalFilters;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;

/**
 * Shows the password to the other registry when there is one. Not as a part of its URL,
 * which is logged whenever it is away.
 */
@Configuration(proxyBeanMethods = false)
class PeerConfiguration {

	@Bean
	ReplicationClientAdditionalFilters credentialsForPeers(@Value("${platform.discovery.password}") String password) {
		String credentials = "Basic "
				+ HttpHeaders.encodeBasicAuth(SecurityConfiguration.USER, password, StandardCharsets.UTF_8);
		return new ReplicationClientAdditionalFilters(
				Set.of((request) -> request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, credentials)));
	}

}
