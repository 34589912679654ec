package io.microplatform.order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.microplatform.starter.cache.ReadCache;
import io.microplatform.starter.cache.ReadCaches;
import io.microplatform.starter.event.Outbox;
import io.microplatform.starter.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Places orders and brings them to their outcome. Every change of an order is one
 * transaction with the event that tells of it.
 */
@Service
class Orders {

	private static final Logger log = LoggerFactory.getLogger(Orders.class);

	private final OrderRepository repository;

	private final OrderProperties properties;

	private final ReadCache<Order> cache;

	private final Outbox outbox;

	private final Clock clock;

	Orders(OrderRepository repository, OrderProperties properties, ReadCaches caches, Outbox outbox, Clock clock) {
		this.repository = repository;
		this.properties = properties;
		this.cache = caches.cache("orders", Order.class);
		this.outbox = outbox;
		this.clock = clock;
	}

	@Transactional
	Order place(long userId, PlaceOrder request) {
		if (request.amount().compareTo(this.properties.maxAmount()) > 0) {
			throw ProblemException.ruleViolated("amount", "must not be more than " + this.properties.maxAmount());
		}
		// Only now: an exponent may promise more digits than any memory has.
		BigDecimal amount = request.amount().setScale(2, RoundingMode.UNNECESSARY);
		Order order = this.repository.save(Order.place(userId, request.product(), amount, this.clock.instant()));
		publish(OrderEvent.CREATED, order);
		log.info("Order {} of user {} placed: {}", order.id(), userId, amount);
		return order;
	}

	/** The order, unless it is somebody else's. */
	Optional<Order> find(long id, long userId) {
		return this.cache.get(id, () -> this.repository.findById(id)).filter((order) -> order.userId() == userId);
	}

	List<Order> newest(long userId, long before, int limit) {
		return this.repository.findNewest(userId, before, limit);
	}

	@Transactional(propagation = Propagation.MANDATORY)
	void creditReserved(CreditEvent credit) {
		decide(credit.orderId(), OrderEvent.CONFIRMED, (order) -> order.confirm(this.clock.instant()));
	}

	@Transactional(propagation = Propagation.MANDATORY)
	void creditRefused(CreditEvent credit) {
		String reason = Objects.requireNonNullElse(credit.reason(), "Credit was refused.");
		decide(credit.orderId(), OrderEvent.REJECTED, (order) -> order.reject(reason, this.clock.instant()));
	}

	/** An order is decided once; whatever comes later has no effect. */
	private void decide(long id, String eventType, UnaryOperator<Order> outcome) {
		Order order = this.repository.lockById(id)
			.orElseThrow(() -> new IllegalStateException("Credit was asked for order " + id + ", which is not there"));
		if (order.isPending()) {
			Order decided = this.repository.save(outcome.apply(order));
			publish(eventType, decided);
			log.info("Order {} of user {} is {}", id, order.userId(), decided.status());
			this.cache.evictAfterCommit(id);
		}
	}

	private void publish(String type, Order order) {
		this.outbox.append(OrderEvent.TOPIC, order.userId(), type, OrderEvent.of(order));
	}

}
