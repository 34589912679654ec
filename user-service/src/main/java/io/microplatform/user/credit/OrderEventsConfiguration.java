package io.microplatform.user.credit;

import java.util.function.Consumer;

import io.microplatform.starter.event.Inbox;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/**
 * The consumer of the topic {@code orders}.
 */
@Configuration(proxyBeanMethods = false)
class OrderEventsConfiguration {

	@Bean
	Consumer<Message<byte[]>> orderEvents(Inbox inbox, CreditService credit) {
		return inbox.consumer("credit")
			.on("order.created", OrderEvent.class, credit::reserve)
			.on("order.cancelled", OrderEvent.class, credit::release);
	}

}
