package io.microplatform.config.refresh;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import io.microplatform.config.refresh.InstanceReport.Via;

import org.springframework.stereotype.Component;

/**
 * Tells instances to take the published version: over the bus, and those who do not
 * answer there, directly. Thread-safe.
 */
@Component
class Delivery {

	/**
	 * For the answers of the bus. Who takes longer is asked directly, which does no harm.
	 */
	private static final Duration PATIENCE = Duration.ofMillis(1500);

	/** For which a bus on which nobody answered is left alone. */
	private static final Duration PAUSE = Duration.ofSeconds(10);

	/** Longer than it takes until the registry has an instance's new version. */
	private static final Duration LATELY = Duration.ofSeconds(5);

	private final BusLine bus;

	private final DirectLine line;

	private final Map<String, Long> answered = new ConcurrentHashMap<>();

	private volatile long busAwayUntil = System.nanoTime();

	Delivery(BusLine bus, DirectLine line) {
		this.bus = bus;
		this.line = line;
	}

	/** Tells all of them at once, and returns when each has answered or will not. */
	List<InstanceReport> bring(Collection<Instance> instances) {
		if (instances.isEmpty()) {
			return List.of();
		}
		if (System.nanoTime() - this.busAwayUntil < 0) {
			return ofAll(instances, this::bringDirectly);
		}
		Set<String> names = instances.stream().map(Instance::id).collect(Collectors.toSet());
		try (BusLine.Question question = this.bus.ask(names)) {
			long until = System.nanoTime() + PATIENCE.toNanos();
			List<InstanceReport> reports = ofAll(instances, (instance) -> bring(instance, question, until));
			if (reports.stream().noneMatch((report) -> report.via() == Via.BUS)) {
				this.busAwayUntil = System.nanoTime() + PAUSE.toNanos();
			}
			return reports;
		}
	}

	/** Whether what the registry says of it may be older than its last answer. */
	boolean hasAnsweredLately(Instance instance) {
		long since = System.nanoTime() - LATELY.toNanos();
		this.answered.values().removeIf((at) -> at - since < 0);
		return this.answered.containsKey(instance.key());
	}

	private InstanceReport bring(Instance instance, BusLine.Question question, long until)
			throws InterruptedException, ExecutionException {
		try {
			long patience = Math.max(0, until - System.nanoTime());
			return InstanceReport.of(instance, question.answerOf(instance).get(patience, TimeUnit.NANOSECONDS),
					Via.BUS);
		}
		catch (TimeoutException ex) {
			return bringDirectly(instance);
		}
	}

	private List<InstanceReport> ofAll(Collection<Instance> instances, Way way) {
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<InstanceReport>> reports = instances.stream()
				.map((instance) -> executor.submit(() -> remembered(instance, way.bringTo(instance))))
				.toList();
			return reports.stream().map(Delivery::get).toList();
		}
	}

	private InstanceReport remembered(Instance instance, InstanceReport report) {
		if (report.result() != InstanceReport.Result.AWAY) {
			this.answered.put(instance.key(), System.nanoTime());
		}
		return report;
	}

	private InstanceReport bringDirectly(Instance instance) throws InterruptedException {
		try {
			return InstanceReport.of(instance, this.line.take(instance), Via.DIRECT);
		}
		catch (IOException ex) {
			return InstanceReport.away(instance, ex.toString());
		}
	}

	private static InstanceReport get(Future<InstanceReport> report) {
		try {
			return report.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while instances were told", ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex.getCause());
		}
	}

	private interface Way {

		InstanceReport bringTo(Instance instance) throws InterruptedException, ExecutionException;

	}

}
