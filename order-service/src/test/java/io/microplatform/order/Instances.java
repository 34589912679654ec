package io.microplatform.order;

import java.util.ArrayList;
import java.util.List;

import io.microplatform.starter.security.TokenProperties;
import io.microplatform.starter.test.ConfiguredLikeUp;
import io.microplatform.starter.test.TestTokens;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Several instances of order-service on one database, each with its own pool, threads and
 * port.
 */
final class Instances implements AutoCloseable {

	private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

	Instances(int count) {
		for (int i = 0; i < count; i++) {
			start();
		}
	}

	void start() {
		this.contexts
			.add(new SpringApplicationBuilder(OrderService.class, TestTokens.class).initializers(new ConfiguredLikeUp())
				.run("--server.port=0", "--spring.cloud.config.enabled=false", "--eureka.client.enabled=false",
						"--platform.config.import=file:${platform.root}/config-repo/application.yml,"
								+ "file:${platform.root}/config-repo/order-service.yml"));
	}

	void stopFirst() {
		this.contexts.removeFirst().close();
	}

	/** The port of one of them; whatever the number, there is one. */
	int port(int number) {
		return this.contexts.get(number % this.contexts.size())
			.getEnvironment()
			.getRequiredProperty("local.server.port", Integer.class);
	}

	TokenProperties tokens() {
		return this.contexts.getFirst().getBean(TokenProperties.class);
	}

	OrderSearch search() {
		return this.contexts.getFirst().getBean(OrderSearch.class);
	}

	/** Decides an order at the first instance. */
	void confirm(long id) {
		new TransactionTemplate(this.contexts.getFirst().getBean(PlatformTransactionManager.class))
			.executeWithoutResult((status) -> this.contexts.getFirst()
				.getBean(Orders.class)
				.creditReserved(new CreditEvent(id, null)));
	}

	@Override
	public void close() {
		this.contexts.forEach(ConfigurableApplicationContext::close);
	}

}
