package io.microplatform.starter.app;

import java.time.Clock;
import java.util.List;

import io.microplatform.instance.secret.RequiredSecret;
import io.microplatform.starter.cache.ReadCaches;
import io.microplatform.starter.event.Inbox;
import io.microplatform.starter.event.Outbox;
import io.microplatform.starter.problem.ProblemWriter;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Starts with what is on its class path, says what the starter has given it, and ends. No
 * component, which the scan of the other service here would find.
 */
@EnableAutoConfiguration
class PartialService {

	static final String HAS = "The service has ";

	private static final List<Class<?>> OFFERED = List.of(Clock.class, ProblemWriter.class, SecurityFilterChain.class,
			ReadCaches.class, Outbox.class, Inbox.class, RequiredSecret.class);

	public static void main(String[] args) {
		try (ConfigurableApplicationContext service = SpringApplication.run(PartialService.class, args)) {
			OFFERED.stream()
				.filter((type) -> service.getBeanNamesForType(type).length > 0)
				.forEach((type) -> System.out.println(HAS + type.getSimpleName()));
		}
	}

}
