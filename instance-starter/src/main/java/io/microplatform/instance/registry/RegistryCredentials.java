package io.microplatform.instance.registry;

import java.util.List;
import java.util.Set;

import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.netflix.eureka.TimeoutProperties;
import org.springframework.cloud.netflix.eureka.http.DefaultEurekaClientHttpRequestFactorySupplier;
import org.springframework.cloud.netflix.eureka.http.EurekaClientHttpRequestFactorySupplier;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.InterceptingClientHttpRequestFactory;
import org.springframework.http.client.support.BasicAuthenticationInterceptor;

/**
 * {@link EurekaClientHttpRequestFactorySupplier} that sends the password with each
 * request to the registry. The usual place, the URL of the registry, is logged by the
 * client whenever the registry is away.
 */
final class RegistryCredentials implements EurekaClientHttpRequestFactorySupplier {

	private final EurekaClientHttpRequestFactorySupplier factories;

	private final BasicAuthenticationInterceptor credentials;

	RegistryCredentials(TimeoutProperties timeouts, String password) {
		this.factories = new DefaultEurekaClientHttpRequestFactorySupplier(timeouts, Set.of());
		this.credentials = new BasicAuthenticationInterceptor("platform", password);
	}

	@Override
	public ClientHttpRequestFactory get(@Nullable SSLContext sslContext, @Nullable HostnameVerifier hostnameVerifier) {
		return new InterceptingClientHttpRequestFactory(this.factories.get(sslContext, hostnameVerifier),
				List.of(this.credentials));
	}

}
