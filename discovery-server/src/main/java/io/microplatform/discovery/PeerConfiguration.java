package io.microplatform.discovery;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import io.microplatform.instance.secret.ServerSecurityConfiguration;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.netflix.eureka.server.ReplicationClientAdditionalFilters;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;

/**
 * Sends the password to the peer registry, if there is one, as a header: the client logs
 * the peer's URL whenever it is unavailable.
 */
@Configuration(proxyBeanMethods = false)
class PeerConfiguration {

	@Bean
	ReplicationClientAdditionalFilters credentialsForPeers(@Value("${platform.discovery.password}") String password) {
		String credentials = "Basic "
				+ HttpHeaders.encodeBasicAuth(ServerSecurityConfiguration.USER, password, StandardCharsets.UTF_8);
		return new ReplicationClientAdditionalFilters(
				Set.of((request) -> request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, credentials)));
	}

}
