package io.microplatform.starter.event;

import java.time.Duration;
import java.util.Objects;

import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.starter.background.BackgroundTask;
import io.microplatform.starter.event.OutboxDelivery.Outcome;

import org.springframework.transaction.support.TransactionTemplate;

/**
 * A {@link BackgroundTask} that publishes the events of the outbox and marks them after
 * the broker's acknowledgement: every committed event is sent at least once, in the order
 * of its key. Each commit wakes the relay of its instance. The first event after a pause
 * is sent at once, and events that follow closely are sent together. The relay skips what
 * another relay has locked: that one looks again when it releases the lock, and finds
 * what was committed meanwhile. Events of an instance that died are found at the next
 * interval.
 */
final class OutboxRelay extends BackgroundTask {

	private static final Duration PAUSE_WHEN_STUCK = Duration.ofMillis(500);

	private final OutboxDelivery delivery;

	private final TransactionTemplate transaction;

	private final Refreshable<OutboxProperties> properties;

	private volatile Outcome last = Outcome.DONE;

	OutboxRelay(OutboxDelivery delivery, TransactionTemplate transaction, Refreshable<OutboxProperties> properties) {
		super("outbox-relay");
		this.delivery = delivery;
		this.transaction = transaction;
		this.properties = properties;
	}

	@Override
	protected void run() {
		this.last = Outcome.STUCK;
		this.last = Objects.requireNonNull(this.transaction.execute((status) -> this.delivery.deliver()));
	}

	@Override
	protected Duration interval() {
		return switch (this.last) {
			case NOTHING_DUE -> this.properties.get().pollInterval();
			case STUCK -> PAUSE_WHEN_STUCK;
			case DONE, MORE -> Duration.ZERO;
		};
	}

	/** One query costs the same for one event as for a hundred. */
	@Override
	protected Duration spacing() {
		return switch (this.last) {
			case NOTHING_DUE, DONE -> this.properties.get().linger();
			case STUCK, MORE -> Duration.ZERO;
		};
	}

	/** Enough for the last batch; events that are not marked by then are sent again. */
	@Override
	protected Duration stopTimeout() {
		return this.properties.get().batchTime().multipliedBy(2);
	}

	/** Sends what the last requests and events have committed. */
	@Override
	protected boolean runsAtStop() {
		return true;
	}

}
