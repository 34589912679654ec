package io.microplatform.order;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.starter.background.BackgroundTask;
import io.microplatform.starter.overload.InProgress;
import io.microplatform.starter.web.WaitPreference;

import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Holds answers to {@code Prefer: wait} until the outcome of the order is known,
 * whichever instance decides it. One query for all awaited orders runs at a short
 * interval, and only while there are any; a waiting request holds no connection and does
 * not count as {@link InProgress}. The number of waiting requests is limited: others are
 * answered at once, without {@code Preference-Applied}. Thread-safe.
 */
@Component
class OrderOutcomes extends BackgroundTask {

	/** Until a request waits. */
	private static final Duration UNTIL_WOKEN = Duration.ofDays(1);

	private final Set<Awaited> awaited = ConcurrentHashMap.newKeySet();

	private final AtomicInteger waiting = new AtomicInteger();

	private final OrderRepository repository;

	private final Refreshable<OutcomeProperties> properties;

	private final InProgress requests;

	OrderOutcomes(OrderRepository repository, Refreshable<OutcomeProperties> properties, InProgress requests,
			MeterRegistry meters) {
		super("order-outcomes");
		this.repository = repository;
		this.properties = properties;
		this.requests = requests;
		Gauge.builder("orders.waiting", this.waiting::get)
			.description("Requests that wait for the outcome of an order")
			.register(meters);
	}

	/**
	 * Waits until the outcome is known or the time is over.
	 * @param placed the answer with the order as it was placed
	 * @param wait how long the client wants to wait
	 * @return the answer with the order as it is then
	 */
	ResponseEntity<OrderResponse> await(ResponseEntity<OrderResponse> placed, WaitPreference wait) {
		int maximum = this.properties.get().maxWaiting();
		if (this.waiting.getAndUpdate((count) -> (count < maximum) ? count + 1 : count) >= maximum) {
			return placed;
		}
		try {
			OrderResponse order = Objects.requireNonNull(placed.getBody());
			return ResponseEntity.status(placed.getStatusCode())
				.headers(placed.getHeaders())
				.header(WaitPreference.PREFERENCE_APPLIED, wait.applied())
				.body(this.requests.whileReleased(() -> await(order.id(), wait.remaining()))
					.map(OrderResponse::of)
					.orElse(order));
		}
		finally {
			this.waiting.decrementAndGet();
		}
	}

	private Optional<Order> await(long id, Duration atMost) {
		Awaited order = new Awaited(id, new CompletableFuture<>());
		this.awaited.add(order);
		wake();
		try {
			return Optional.of(order.outcome().get(atMost.toNanos(), TimeUnit.NANOSECONDS));
		}
		catch (TimeoutException ex) {
			return Optional.empty();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Optional.empty();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			this.awaited.remove(order);
		}
	}

	@Override
	protected Duration interval() {
		return this.awaited.isEmpty() ? UNTIL_WOKEN : Duration.ZERO;
	}

	@Override
	protected Duration spacing() {
		return this.properties.get().pollInterval();
	}

	@Override
	protected void run() {
		Set<Long> ids = this.awaited.stream().map(Awaited::id).collect(Collectors.toSet());
		if (ids.isEmpty()) {
			return;
		}
		Map<Long, Order> decided = this.repository.findByIdInAndStatusNot(ids, Order.Status.PENDING)
			.stream()
			.collect(Collectors.toMap(Order::requiredId, Function.identity()));
		this.awaited
			.forEach((order) -> Optional.ofNullable(decided.get(order.id())).ifPresent(order.outcome()::complete));
	}

	private record Awaited(long id, CompletableFuture<Order> outcome) {
	}

}
