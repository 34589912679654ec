package io.microplatform.admin;

import java.net.URI;
import java.util.List;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.stereotype.Component;

/**
 * {@link DiscoveryClient} that finds the registries themselves, which are not registered
 * anywhere.
 */
@Component
class RegistryDiscoveryClient implements DiscoveryClient {

	private static final String SERVICE = "discovery-server";

	private final List<ServiceInstance> instances;

	RegistryDiscoveryClient(@Value("${platform.discovery.uri}") List<URI> registries) {
		this.instances = registries.stream().map(RegistryDiscoveryClient::instance).toList();
	}

	private static ServiceInstance instance(URI registry) {
		return new DefaultServiceInstance(SERVICE + ":" + registry.getPort(), SERVICE, registry.getHost(),
				registry.getPort(), "https".equals(registry.getScheme()));
	}

	@Override
	public String description() {
		return "registries";
	}

	@Override
	public List<ServiceInstance> getInstances(String serviceId) {
		return serviceId.equals(SERVICE) ? this.instances : List.of();
	}

	@Override
	public List<String> getServices() {
		return List.of(SERVICE);
	}

}
