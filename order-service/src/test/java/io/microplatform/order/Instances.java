package io.microplatform.order;

import java.util.ArrayList;
import java.util.List;

import io.microplatform.instance.token.TokenProperties;
import io.microplatform.starter.test.AnotherInstance;
import io.microplatform.starter.test.TestTokens;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Several instances of order-service on one database, each with its own pool, threads and
 * port.
 */
final class Instances implements AutoCloseable {

	private final List<AnotherInstance> instances = new ArrayList<>();

	Instances(int count) {
		for (int i = 0; i < count; i++) {
			start();
		}
	}

	void start() {
		this.instances.add(AnotherInstance.of(OrderServiceApplication.class, TestTokens.class));
	}

	void stopFirst() {
		this.instances.removeFirst().close();
	}

	/** The port of one of them; whatever the number, there is one. */
	int port(int number) {
		return this.instances.get(number % this.instances.size()).port();
	}

	TokenProperties tokens() {
		return first(TokenProperties.class);
	}

	OrderSearch search() {
		return first(OrderSearch.class);
	}

	/** Decides an order at the first instance. */
	void confirm(long id) {
		new TransactionTemplate(first(PlatformTransactionManager.class))
			.executeWithoutResult((status) -> first(OrderService.class).creditReserved(new CreditEvent(id, null)));
	}

	@Override
	public void close() {
		this.instances.forEach(AnotherInstance::close);
	}

	private <T> T first(Class<T> type) {
		return this.instances.getFirst().bean(type);
	}

}
