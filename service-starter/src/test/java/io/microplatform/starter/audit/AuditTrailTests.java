package io.microplatform.starter.audit;

import java.util.stream.Collectors;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

class AuditTrailTests {

	private final Logger log = (Logger) LoggerFactory.getLogger("audit");

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	private final TransactionTemplate transaction = new TransactionTemplate(new NoDatabase());

	private final AuditTrail audit = new AuditTrail();

	@BeforeEach
	void listen() {
		this.lines.start();
		this.log.addAppender(this.lines);
	}

	@AfterEach
	void stop() {
		this.log.detachAppender(this.lines);
		MDC.clear();
	}

	@Test
	void anEventIsALineWithTheFieldsOfEcs() {
		MDC.put("userId", "1");
		this.audit.record(AuditEvent.ofAccount("user-updated", 7, 8, "name", "role"));
		assertThat(this.lines.list).singleElement().satisfies((line) -> {
			assertThat(line.getFormattedMessage()).isEqualTo("user-updated: name, role");
			assertThat(line.getKeyValuePairs()
				.stream()
				.collect(Collectors.toMap((pair) -> pair.key, (pair) -> pair.value)))
				.containsEntry("event.kind", "event")
				.containsEntry("event.category", "iam")
				.containsEntry("event.action", "user-updated")
				.containsEntry("event.outcome", "success")
				.containsEntry("user.target.id", "8");
			assertThat(line.getMDCPropertyMap()).containsEntry("userId", "7").doesNotContainKey("orderId");
		});
		assertThat(MDC.get("userId")).isEqualTo("1");
	}

	@Test
	void aFailedLoginNamesNoUser() {
		this.audit.record(AuditEvent.login(null));
		assertThat(this.lines.list).singleElement()
			.satisfies((line) -> assertThat(line.getMDCPropertyMap()).doesNotContainKey("userId"));
	}

	@Test
	void anEventIsWrittenAfterTheCommit() {
		this.transaction.executeWithoutResult((status) -> {
			this.audit.record(AuditEvent.ofOrder("order-placed", 7, 12));
			assertThat(this.lines.list).isEmpty();
		});
		assertThat(this.lines.list).singleElement()
			.satisfies((line) -> assertThat(line.getMDCPropertyMap()).containsEntry("orderId", "12"));
	}

	@Test
	void writesNothingAfterARollback() {
		this.transaction.executeWithoutResult((status) -> {
			this.audit.record(AuditEvent.ofOrder("order-placed", 7, 12));
			status.setRollbackOnly();
		});
		assertThat(this.lines.list).isEmpty();
	}

	/** Transactions without a resource. */
	private static final class NoDatabase extends AbstractPlatformTransactionManager {

		private static final long serialVersionUID = 1;

		@Override
		protected Object doGetTransaction() {
			return this;
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
			// Nothing is open.
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			// Nothing is open.
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
			// Nothing is open.
		}

	}

}
