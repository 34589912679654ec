package io.microplatform.order;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.microplatform.instance.configuration.Live;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells what becomes of orders, whichever instance decides it. One query asks for all
 * that somebody waits for, at short intervals, and only while somebody does; who waits
 * holds no connection. Thread-safe.
 */
@Component
class Outcomes implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(Outcomes.class);

	private final Set<Awaited> awaited = ConcurrentHashMap.newKeySet();

	private final Semaphore arrivals = new Semaphore(0);

	private final OutcomeRepository repository;

	private final Live<OutcomeProperties> properties;

	private volatile @Nullable Thread thread;

	Outcomes(OutcomeRepository repository, Live<OutcomeProperties> properties) {
		this.repository = repository;
		this.properties = properties;
	}

	/**
	 * Waits for the outcome of an order.
	 * @param id the order's id
	 * @param atMost how long to wait
	 * @return the decided order, empty when the time is over first
	 */
	Optional<Order> await(long id, Duration atMost) {
		Awaited order = new Awaited(id, new CompletableFuture<>());
		this.awaited.add(order);
		this.arrivals.release();
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
	public void start() {
		Thread polling = Thread.ofVirtual().name("outcomes").unstarted(this::poll);
		this.thread = polling;
		polling.start();
	}

	@Override
	public void stop() {
		Thread polling = this.thread;
		this.thread = null;
		if (polling != null) {
			polling.interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	/** Stops after the web server, whose last requests may still wait. */
	@Override
	public int getPhase() {
		return 0;
	}

	private void poll() {
		try {
			while (isRunning()) {
				if (this.awaited.isEmpty()) {
					this.arrivals.acquire();
				}
				this.arrivals.drainPermits();
				look();
				Thread.sleep(this.properties.get().pollInterval());
			}
		}
		catch (InterruptedException ex) {
			log.debug("Stopped");
		}
	}

	private void look() {
		Set<Long> ids = this.awaited.stream().map(Awaited::id).collect(Collectors.toSet());
		if (ids.isEmpty()) {
			return;
		}
		try {
			Map<Long, Order> decided = this.repository.findByIdInAndStatusNot(ids, Order.Status.PENDING)
				.stream()
				.collect(Collectors.toMap(Order::requiredId, Function.identity()));
			this.awaited.forEach((order) -> order.tell(decided.get(order.id())));
		}
		catch (RuntimeException ex) {
			log.warn("Outcomes could not be read and are asked for again: {}", ex.toString());
		}
	}

	private record Awaited(long id, CompletableFuture<Order> outcome) {

		void tell(@Nullable Order decided) {
			if (decided != null) {
				this.outcome.complete(decided);
			}
		}

	}

}
