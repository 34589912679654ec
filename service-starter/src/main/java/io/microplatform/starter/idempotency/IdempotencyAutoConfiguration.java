package io.microplatform.starter.idempotency;

import java.time.Clock;

import com.netflix.appinfo.ApplicationInfoManager;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.instance.time.ClockAutoConfiguration;
import io.microplatform.starter.background.ExpiredRows;
import io.microplatform.starter.web.ArgumentResolver;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.cloud.netflix.eureka.EurekaClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * {@link AutoConfiguration} that gives the controllers of a service with a database an
 * {@link IdempotentCall}. The table comes with the starter's migrations.
 */
@AutoConfiguration(after = { ClockAutoConfiguration.class, JdbcClientAutoConfiguration.class,
		DataSourceTransactionManagerAutoConfiguration.class, EurekaClientAutoConfiguration.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({ JdbcClient.class, PlatformTransactionManager.class })
@EnableConfigurationProperties(IdempotencyProperties.class)
@Import(RequestBytes.class)
public class IdempotencyAutoConfiguration {

	@Bean
	IdempotencyStore idempotencyStore(JdbcClient jdbc, JsonMapper json, Clock clock) {
		return new IdempotencyStore(jdbc, json, clock);
	}

	@Bean
	Idempotency idempotency(IdempotencyStore store, PlatformTransactionManager transactions,
			Refreshable<IdempotencyProperties> properties, MeterRegistry meters) {
		return new Idempotency(store, new TransactionTemplate(transactions), properties, meters);
	}

	@Bean
	ExpiredRows expiredKeys(JdbcClient jdbc, Clock clock, Refreshable<IdempotencyProperties> properties) {
		return new ExpiredRows(jdbc, clock, "idempotency_keys", "created_at", () -> properties.get().cleanUp());
	}

	@Bean
	@ConditionalOnBean(ApplicationInfoManager.class)
	KeyedCallsInRegistry keyedCallsInRegistry(
			@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
			ApplicationInfoManager registration) {
		return new KeyedCallsInRegistry(mapping, registration);
	}

	@Bean
	ArgumentResolver idempotentCallAsParameter(Idempotency idempotency, JsonMapper json) {
		return new IdempotentCallResolver(idempotency, json);
	}

}
