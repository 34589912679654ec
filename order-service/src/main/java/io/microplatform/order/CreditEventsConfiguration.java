package io.microplatform.order;

import java.util.function.Consumer;

import io.microplatform.starter.event.Inbox;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/**
 * The consumer of the topic {@code credit}.
 */
@Configuration(proxyBeanMethods = false)
class CreditEventsConfiguration {

	@Bean
	Consumer<Message<byte[]>> creditEvents(Inbox inbox, OrderService orders) {
		return inbox.consumer("orders")
			.on("credit.reserved", CreditEvent.class, orders::creditReserved)
			.on("credit.refused", CreditEvent.class, orders::creditRefused)
			.on("credit.released", CreditEvent.class, orders::creditReleased);
	}

}
