package io.microplatform.starter.event;

import java.util.HashMap;
import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * A service that has an outbox and an inbox and nothing else.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
public class EventService {

	private static final String SECRET = "a secret that only tests know, long enough";

	private static final Map<String, String> ALONE = Map.of("spring.main.web-application-type", "none",
			// Without a web server no request has a token.
			"management.endpoint.health.validate-group-membership", "false", "eureka.client.enabled", "false",
			"platform.discovery.uri", "http://127.0.0.1:1/", "platform.discovery.password", SECRET,
			"spring.cloud.config.enabled", "false", "platform.config.uri", "http://127.0.0.1:1/",
			"platform.config.password", SECRET, "platform.tokens.secret", SECRET, "platform.config.import",
			"file:" + System.getProperty("platform.root") + "/config-repo/application.yml");

	/** Runs an instance as a process of its own. */
	public static void main(String[] args) {
		SpringApplication.run(EventService.class, args);
	}

	/**
	 * The command line of an instance without registry, config server and web server.
	 * @param properties what else differs from the configuration of {@code config-repo/}
	 */
	static String[] arguments(Map<String, String> properties) {
		Map<String, String> all = new HashMap<>(ALONE);
		all.putAll(properties);
		return all.entrySet()
			.stream()
			.map((property) -> "--" + property.getKey() + "=" + property.getValue())
			.toArray(String[]::new);
	}

}
