package io.microplatform.instance.configuration;

import java.time.Duration;
import java.util.List;

import io.microplatform.instance.secret.RequiredSecret;

import org.springframework.boot.bootstrap.BootstrapRegistry;
import org.springframework.boot.context.config.ConfigData;
import org.springframework.cloud.config.client.ConfigClientFailFastException;
import org.springframework.cloud.config.client.ConfigClientProperties;
import org.springframework.cloud.config.client.ConfigServerBootstrapper.LoadContext;
import org.springframework.cloud.config.client.ConfigServerBootstrapper.LoaderInterceptor;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;

/**
 * Waits for the config server for as long as it takes to be there and to have something
 * to serve, and says so on standard error, because there is no log yet. What time does
 * not mend, such as a wrong password or a URL that is none, stops the start at once: that
 * is what the retry of Spring Cloud Config cannot tell apart, and it waits silently.
 */
class PatientLoader implements LoaderInterceptor {

	private static final RequiredSecret PASSWORD = new RequiredSecret("platform.config.password");

	private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

	private static final Duration BETWEEN_TWO_MESSAGES = Duration.ofSeconds(30);

	static void register(BootstrapRegistry registry) {
		registry.register(LoaderInterceptor.class, (context) -> new PatientLoader());
	}

	@Override
	public ConfigData apply(LoadContext load) {
		check(load.getResource().getProperties());
		Duration pause = FIRST_PAUSE;
		long nextMessage = System.nanoTime();
		while (true) {
			try {
				return load.getInvocation().apply(load.getLoaderContext(), load.getResource());
			}
			catch (ConfigClientFailFastException ex) {
				Throwable cause = ex.getCause();
				if (cause == null || !passes(cause)) {
					throw ex;
				}
				if (System.nanoTime() - nextMessage >= 0) {
					System.err.println("Waiting for configuration: " + cause.getMessage());
					nextMessage = System.nanoTime() + BETWEEN_TWO_MESSAGES.toNanos();
				}
				pause(pause, ex);
				pause = longer(pause);
			}
		}
	}

	private static void check(ConfigClientProperties properties) {
		for (String uri : properties.getUri()) {
			// This early, a placeholder that nothing resolves is taken as it stands.
			if (uri.contains("${")) {
				throw new IllegalStateException("Missing property " + uri);
			}
		}
		RequiredSecret.checkAll(List.of(PASSWORD), (property) -> properties.getPassword());
	}

	private static boolean passes(Throwable cause) {
		return cause instanceof ResourceAccessException || cause instanceof HttpServerErrorException;
	}

	private static Duration longer(Duration pause) {
		Duration twice = pause.multipliedBy(2);
		return (twice.compareTo(LONGEST_PAUSE) < 0) ? twice : LONGEST_PAUSE;
	}

	private static void pause(Duration pause, ConfigClientFailFastException reason) {
		try {
			Thread.sleep(pause);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw reason;
		}
	}

}
