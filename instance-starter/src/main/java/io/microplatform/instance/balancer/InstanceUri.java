package io.microplatform.instance.balancer;

import java.net.URI;

/**
 * The URI of a request at an instance. Path and query are copied unchanged;
 * {@link org.springframework.cloud.client.loadbalancer.LoadBalancerUriTools} encodes
 * again what it takes for not encoded, which changes its meaning.
 */
public final class InstanceUri {

	private InstanceUri() {
	}

	/**
	 * Returns the URI of a request at an instance.
	 * @param instance the URI of the instance, of which scheme, host and port count
	 * @param request the URI of the request, of which path and query count
	 * @return the scheme, host and port of the instance with this path and query
	 */
	public static URI of(URI instance, URI request) {
		String query = (request.getRawQuery() != null) ? "?" + request.getRawQuery() : "";
		return URI.create(instance.getScheme() + "://" + instance.getRawAuthority() + request.getRawPath() + query);
	}

}
