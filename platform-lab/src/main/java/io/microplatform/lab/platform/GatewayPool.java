package io.microplatform.lab.platform;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.microplatform.lab.client.GatewaySelector;
import io.microplatform.local.process.RunRecord;

/**
 * Client-side load balancer over several gateways. Polls the readiness of each gateway on
 * its management port and distributes requests over the ready ones in turn. A request
 * without a response is sent to another gateway. Thread-safe.
 */
public final class GatewayPool implements GatewaySelector, AutoCloseable {

	private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

	private final ScheduledExecutorService healthChecks = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("gateway-pool").factory());

	private final List<RunRecord> gateways;

	private final AtomicInteger turn = new AtomicInteger();

	private volatile List<URI> ready;

	/**
	 * Creates a pool of gateways that are ready now.
	 * @param gateways the gateways' records; a gateway keeps its ports when it is
	 * restarted
	 */
	GatewayPool(List<RunRecord> gateways) {
		this.gateways = List.copyOf(gateways);
		this.ready = gateways.stream().map(GatewayPool::url).toList();
		var _ = this.healthChecks.scheduleWithFixedDelay(this::checkHealth, 0, POLL_INTERVAL.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	private void checkHealth() {
		List<URI> now = this.gateways.stream()
			.filter((gateway) -> gateway.asInstance().answers())
			.map(GatewayPool::url)
			.toList();
		if (!now.isEmpty()) {
			this.ready = now;
		}
	}

	private static URI url(RunRecord gateway) {
		return RunningPlatform.loopback(gateway.port());
	}

	@Override
	public URI next() {
		List<URI> now = this.ready;
		return now.get(Math.floorMod(this.turn.getAndIncrement(), now.size()));
	}

	@Override
	public Optional<URI> alternativeTo(URI failed) {
		return this.gateways.stream().map(GatewayPool::url).filter((other) -> !other.equals(failed)).findFirst();
	}

	@Override
	public void close() {
		this.healthChecks.shutdownNow();
	}

}
