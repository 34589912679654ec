package io.microplatform.instance.configuration;

import java.time.Duration;
import java.util.List;

import io.microplatform.instance.secret.RequiredSecret;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.bootstrap.BootstrapRegistry;
import org.springframework.boot.bootstrap.BootstrapRegistryInitializer;
import org.springframework.boot.context.config.ConfigData;
import org.springframework.cloud.config.client.ConfigClientFailFastException;
import org.springframework.cloud.config.client.ConfigClientProperties;
import org.springframework.cloud.config.client.ConfigServerBootstrapper.LoadContext;
import org.springframework.cloud.config.client.ConfigServerBootstrapper.LoaderInterceptor;
import org.springframework.util.ClassUtils;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;

/**
 * Retries loading the configuration at startup until a config server serves it, with
 * exponential backoff and without end. A failure that a retry cannot fix, such as a wrong
 * password or an invalid URL, stops the start at once: the retry of Spring Cloud Config
 * does not distinguish the two, and is silent. Does nothing without a config client on
 * the class path.
 */
class ConfigServerRetry implements BootstrapRegistryInitializer {

	@Override
	public void initialize(BootstrapRegistry registry) {
		if (ClassUtils.isPresent("org.springframework.cloud.config.client.ConfigServerBootstrapper", null)) {
			Interceptor.register(registry);
		}
	}

	/**
	 * Loaded with a config client on the class path only. Not a
	 * {@link org.springframework.core.retry.RetryTemplate}, which keeps the exception of
	 * every attempt in memory.
	 */
	static final class Interceptor implements LoaderInterceptor {

		private static final RequiredSecret PASSWORD = new RequiredSecret("platform.config.password");

		private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

		private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

		private static final Duration BETWEEN_MESSAGES = Duration.ofSeconds(30);

		private long nextMessage = System.nanoTime();

		static void register(BootstrapRegistry registry) {
			registry.register(LoaderInterceptor.class, (context) -> new Interceptor());
		}

		@Override
		public ConfigData apply(LoadContext load) {
			check(load.getResource().getProperties());
			ExponentialBackOff backOff = new ExponentialBackOff(FIRST_PAUSE.toMillis(), 2);
			backOff.setMaxInterval(LONGEST_PAUSE.toMillis());
			BackOffExecution pauses = backOff.start();
			while (true) {
				try {
					return load.getInvocation().apply(load.getLoaderContext(), load.getResource());
				}
				catch (ConfigClientFailFastException ex) {
					pause(pauses, ex);
				}
			}
		}

		private static void check(ConfigClientProperties properties) {
			for (String uri : properties.getUri()) {
				// In this phase an unresolved placeholder is not an error yet.
				if (uri.contains("${")) {
					throw new IllegalStateException("Missing property " + uri);
				}
			}
			RequiredSecret.checkAll(List.of(PASSWORD), (property) -> properties.getPassword());
		}

		private void pause(BackOffExecution pauses, ConfigClientFailFastException failure) {
			@Nullable Throwable cause = failure.getCause();
			if (!(cause instanceof ResourceAccessException) && !(cause instanceof HttpServerErrorException)) {
				throw failure;
			}
			if (System.nanoTime() - this.nextMessage >= 0) {
				// The logging system is not initialized yet.
				System.err.println("Waiting for configuration: " + cause.getMessage());
				this.nextMessage = System.nanoTime() + BETWEEN_MESSAGES.toNanos();
			}
			try {
				Thread.sleep(pauses.nextBackOff());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw failure;
			}
		}

	}

}
