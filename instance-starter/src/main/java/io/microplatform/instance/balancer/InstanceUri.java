package io.microplatform.instance.balancer;

import java.net.URI;

import org.springframework.cloud.client.ServiceInstance;

/**
 * The URI of a request at an instance of a service. The path and the query are copied as
 * they are: decoding and encoding them again, as
 * {@link org.springframework.cloud.client.loadbalancer.LoadBalancerUriTools} does,
 * changes the meaning of those that it takes for not encoded.
 */
public final class InstanceUri {

	private InstanceUri() {
	}

	/**
	 * Returns the URI at an instance.
	 * @param instance where the request goes
	 * @param asked what was asked for; only its path and query count
	 * @return the instance's scheme, host and port with this path and query
	 */
	public static URI of(ServiceInstance instance, URI asked) {
		return of(instance.getUri(), asked);
	}

	/**
	 * Returns the URI at a server.
	 * @param server the URI of the server; only its scheme, host and port count
	 * @param asked what was asked for; only its path and query count
	 * @return the server's scheme, host and port with this path and query
	 */
	public static URI of(URI server, URI asked) {
		String query = (asked.getRawQuery() != null) ? "?" + asked.getRawQuery() : "";
		return URI.create(server.getScheme() + "://" + server.getRawAuthority() + asked.getRawPath() + query);
	}

}
