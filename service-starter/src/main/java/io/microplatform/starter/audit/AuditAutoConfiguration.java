package io.microplatform.starter.audit;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.support.TransactionSynchronization;

/**
 * {@link AutoConfiguration Auto-configuration} for the {@link AuditTrail}.
 */
@AutoConfiguration
@ConditionalOnClass(TransactionSynchronization.class)
public class AuditAutoConfiguration {

	@Bean
	AuditTrail auditTrail() {
		return new AuditTrail();
	}

}
