package io.microplatform.order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.instance.problem.ProblemKind;
import io.microplatform.starter.audit.AuditEvent;
import io.microplatform.starter.audit.AuditTrail;
import io.microplatform.starter.cache.ReadCache;
import io.microplatform.starter.cache.ReadCaches;
import io.microplatform.starter.event.Outbox;
import io.microplatform.starter.log.LogField;
import io.microplatform.starter.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Places orders, applies the answers about their credit and cancels them. Each change of
 * an order is one transaction with its event. The row is locked meanwhile, so that of two
 * concurrent changes the second one sees the first.
 */
@Service
class OrderService {

	private static final Logger log = LoggerFactory.getLogger(OrderService.class);

	private final OrderRepository repository;

	private final Refreshable<OrderProperties> properties;

	private final Refreshable<AskAgainProperties> askAgain;

	private final ReadCache<CachedOrder> cache;

	private final Outbox outbox;

	private final Clock clock;

	private final OrderMetrics metrics;

	private final AuditTrail audit;

	OrderService(OrderRepository repository, Refreshable<OrderProperties> properties,
			Refreshable<AskAgainProperties> askAgain, ReadCaches caches, Outbox outbox, Clock clock,
			OrderMetrics metrics, AuditTrail audit) {
		this.repository = repository;
		this.properties = properties;
		this.askAgain = askAgain;
		this.cache = caches.cache("orders", CachedOrder.class, CachedOrder.VERSION);
		this.outbox = outbox;
		this.clock = clock;
		this.metrics = metrics;
		this.audit = audit;
	}

	@Transactional
	Order place(long userId, PlaceOrderRequest request) {
		BigDecimal maxAmount = this.properties.get().maxAmount();
		if (request.amount().compareTo(maxAmount) > 0) {
			throw ProblemException.ofField(ProblemKind.RULE_VIOLATED, "amount",
					"must not be more than " + maxAmount.toPlainString());
		}
		// After the check: a large exponent would need more digits than fit into memory.
		BigDecimal amount = request.amount().setScale(2, RoundingMode.UNNECESSARY);
		Instant now = this.clock.instant();
		Order order = this.repository
			.save(Order.place(userId, request.product(), amount, now, this.askAgain.get().next(now, now)));
		LogField.ORDER.set(order.requiredId());
		publish(order);
		this.metrics.countAfterCommit(order);
		this.audit.record(AuditEvent.ofOrder("order-placed", userId, order.requiredId()));
		log.info("Order {} of user {} placed: {}", order.id(), userId, amount);
		return order;
	}

	/** Finds an order of a user. */
	Optional<OrderResponse> find(long id, long userId) {
		return this.cache.get(id, () -> this.repository.findById(id).map(CachedOrder::of))
			.filter((order) -> order.userId() == userId)
			.map(CachedOrder::toResponse);
	}

	/**
	 * Cancels an order, whether or not its amount is reserved yet. A cancelled order
	 * stays unchanged, so that a client that got no answer may repeat the call.
	 * @throws ProblemException 404 for another user's order, 409 for a rejected one
	 */
	@Transactional
	Order cancel(long id, long userId) {
		Order order = this.repository.findAndLockByIdAndUserId(id, userId)
			.orElseThrow(() -> ProblemException.notFound("order"));
		Instant now = this.clock.instant();
		return switch (order.status()) {
			case PENDING, CONFIRMED -> {
				this.audit.record(AuditEvent.ofOrder("order-cancelled", userId, id));
				yield change(order.cancel(now, this.askAgain.get().next(now, now)));
			}
			case CANCELLED -> {
				// The instance that cancelled it may have died before the eviction.
				this.cache.evictAfterCommit(id);
				yield order;
			}
			case REJECTED ->
				throw new ProblemException(ProblemKind.CONFLICT, "The order was rejected: there is nothing to cancel.");
		};
	}

	@Transactional(propagation = Propagation.MANDATORY)
	void creditReserved(CreditEvent credit) {
		answered(credit, Order::awaitsCredit, (order) -> change(order.confirm(this.clock.instant())));
	}

	@Transactional(propagation = Propagation.MANDATORY)
	void creditRefused(CreditEvent credit) {
		String reason = Objects.requireNonNullElse(credit.reason(), "Credit was refused.");
		answered(credit, Order::awaitsCredit, (order) -> change(order.reject(reason, this.clock.instant())));
	}

	@Transactional(propagation = Propagation.MANDATORY)
	void creditReleased(CreditEvent credit) {
		answered(credit, Order::awaitsRelease, (order) -> this.repository.save(order.release()));
	}

	/**
	 * Publishes the events of unanswered orders again. Instances that do so at the same
	 * time take different orders.
	 * @return the orders taken, at most a batch
	 */
	@Transactional
	List<Order> askAgain() {
		AskAgainProperties rules = this.askAgain.get();
		Instant now = this.clock.instant();
		List<Order> unanswered = this.repository.findAllById(this.repository.lockUnanswered(now, rules.batchSize()));
		unanswered.stream()
			.map((order) -> order.askAgain(rules.next(order.updatedAt(), now)))
			.forEach((order) -> publish(this.repository.save(order)));
		return unanswered;
	}

	/** A repeated or late answer has no effect. */
	private void answered(CreditEvent credit, Predicate<Order> awaited, Consumer<Order> effect) {
		long id = credit.orderId();
		Order order = this.repository.findAndLockById(id)
			.orElseThrow(() -> new IllegalStateException("There is no order " + id + " for this credit event"));
		if (awaited.test(order)) {
			effect.accept(order);
		}
	}

	private Order change(Order changed) {
		Order order = this.repository.save(changed);
		publish(order);
		this.metrics.countAfterCommit(order);
		this.cache.evictAfterCommit(order.requiredId());
		log.info("Order {} of user {} is {}", order.id(), order.userId(), order.status());
		return order;
	}

	private void publish(Order order) {
		OrderEvent event = OrderEvent.of(order);
		this.outbox.append(OrderEvent.TOPIC, order.userId(), event.type(), event);
	}

}
