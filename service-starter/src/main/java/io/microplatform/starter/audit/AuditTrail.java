package io.microplatform.starter.audit;

import io.microplatform.starter.database.AfterCommit;
import io.microplatform.starter.log.LogField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The audit trail: one log line for each event, from the logger {@code audit}.
 * Thread-safe.
 */
public final class AuditTrail {

	private static final Logger log = LoggerFactory.getLogger("audit");

	/**
	 * Writes the event, after the commit of the current transaction if there is one. The
	 * event is not written if the transaction is rolled back.
	 * @param event the event
	 */
	public void record(AuditEvent event) {
		if (!TransactionSynchronizationManager.isActualTransactionActive()) {
			write(event);
			return;
		}
		AfterCommit.run(() -> write(event));
	}

	private static void write(AuditEvent event) {
		LoggingEventBuilder line = log.atInfo()
			.addKeyValue("event.kind", "event")
			.addKeyValue("event.category", event.category())
			.addKeyValue("event.action", event.action())
			.addKeyValue("event.outcome", event.success() ? "success" : "failure");
		if (event.targetUserId() != null) {
			line = line.addKeyValue("user.target.id", event.targetUserId().toString());
		}
		try (LogField.Scope _ = LogField.USER.open(event.userId());
				LogField.Scope _ = LogField.ORDER.open(event.orderId())) {
			line.log(event.fields().isEmpty() ? event.action()
					: event.action() + ": " + String.join(", ", event.fields()));
		}
	}

}
