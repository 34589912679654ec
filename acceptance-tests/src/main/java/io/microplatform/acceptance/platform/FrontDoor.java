package io.microplatform.acceptance.platform;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.microplatform.acceptance.client.Entrance;
import io.microplatform.local.process.RunRecord;

/**
 * What stands before several gateways in production: asks each on its management port
 * whether it is ready, and sends requests to those that are, in turn. One that gives no
 * answer is replaced by another for that request. Thread-safe.
 */
public final class FrontDoor implements Entrance, AutoCloseable {

	private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

	private final ScheduledExecutorService looking = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("front-door").factory());

	private final List<RunRecord> gateways;

	private final AtomicInteger turn = new AtomicInteger();

	private volatile List<URI> ready;

	/**
	 * A door to gateways that are ready now.
	 * @param gateways their records; they keep their ports when they are started again
	 */
	FrontDoor(List<RunRecord> gateways) {
		this.gateways = List.copyOf(gateways);
		this.ready = gateways.stream().map(FrontDoor::entrance).toList();
		var _ = this.looking.scheduleWithFixedDelay(this::look, 0, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void look() {
		List<URI> now = this.gateways.stream()
			.filter((gateway) -> gateway.asInstance().answers())
			.map(FrontDoor::entrance)
			.toList();
		if (!now.isEmpty()) {
			this.ready = now;
		}
	}

	private static URI entrance(RunRecord gateway) {
		return RunningPlatform.loopback(gateway.port());
	}

	@Override
	public URI next() {
		List<URI> now = this.ready;
		return now.get(Math.floorMod(this.turn.getAndIncrement(), now.size()));
	}

	@Override
	public Optional<URI> insteadOf(URI silent) {
		return this.gateways.stream().map(FrontDoor::entrance).filter((other) -> !other.equals(silent)).findFirst();
	}

	@Override
	public void close() {
		this.looking.shutdownNow();
	}

}
