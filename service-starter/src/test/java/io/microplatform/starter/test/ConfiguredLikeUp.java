package io.microplatform.starter.test;

import java.util.HashMap;
import java.util.Map;

import io.microplatform.local.LocalInfrastructure;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives a service what {@code ./platform up} would: the addresses and passwords of the
 * infrastructure.
 */
public final class ConfiguredLikeUp implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	/** The e-mail address of the first administrator. */
	public static final String ADMIN_EMAIL = "admin@example.org";

	/** The password of the first administrator. */
	public static final String ADMIN_PASSWORD = "a password that only tests know";

	/** The password of the user {@code management}. */
	public static final String MANAGEMENT_PASSWORD = "a password that only monitoring knows";

	private static final String SECRET = "a secret that only tests know, long enough";

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		String service = environment.getRequiredProperty("spring.application.name");
		Map<String, Object> properties = new HashMap<>(LocalInfrastructure.shared().propertiesFor(service));
		properties.put("platform.discovery.uri", "http://127.0.0.1:1/");
		properties.put("platform.discovery.password", SECRET);
		properties.put("platform.config.uri", "http://127.0.0.1:1/");
		properties.put("platform.config.password", SECRET);
		properties.put("platform.tokens.secret", SECRET);
		properties.put("platform.management.password", MANAGEMENT_PASSWORD);
		properties.put("platform.admin.email", ADMIN_EMAIL);
		properties.put("platform.admin.password", ADMIN_PASSWORD);
		environment.getPropertySources().addLast(new MapPropertySource("infrastructure", properties));
	}

}
