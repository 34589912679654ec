package io.microplatform.starter.event;

import java.time.Clock;
import java.time.Duration;

import brave.Tracing;
import brave.handler.MutableSpan;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.instance.time.ClockAutoConfiguration;
import io.microplatform.starter.background.ExpiredRows;
import io.microplatform.starter.background.ExpiredRows.Rules;
import tools.jackson.databind.json.JsonMapper;
import zipkin2.reporter.BytesEncoder;
import zipkin2.reporter.BytesMessageSender;
import zipkin2.reporter.brave.AsyncZipkinSpanHandler;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.micrometer.tracing.brave.autoconfigure.zipkin.ZipkinWithBraveTracingAutoConfiguration;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.cloud.stream.function.FunctionConfiguration;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@link AutoConfiguration} for outbox and inbox, in a service that has a database and
 * sends or receives messages. Their tables come with the starter's migrations.
 */
@AutoConfiguration(after = { ClockAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
		FunctionConfiguration.class, JdbcClientAutoConfiguration.class, ZipkinWithBraveTracingAutoConfiguration.class })
@ConditionalOnClass({ StreamBridge.class, JdbcClient.class })
@ConditionalOnBean({ StreamBridge.class, JdbcClient.class, PlatformTransactionManager.class })
@EnableConfigurationProperties({ OutboxProperties.class, InboxProperties.class })
public class EventAutoConfiguration {

	private static final Duration CLEAN_UP_INTERVAL = Duration.ofMinutes(10);

	private static final int CLEAN_UP_BATCH = 1000;

	@Bean
	EventTracing eventTracing(Tracing tracing, ObjectProvider<EventSpans> spans) {
		return new EventTracing(tracing, spans.getIfAvailable());
	}

	@Bean
	OutboxPublisher outboxPublisher(StreamBridge bridge, BindingServiceProperties bindings,
			@Value("${spring.application.name}") String service, EventTracing tracing) {
		return new OutboxPublisher(bridge, bindings, service, tracing);
	}

	@Bean
	OutboxMetrics outboxMetrics(JdbcClient jdbc, Clock clock, MeterRegistry registry) {
		return new OutboxMetrics(jdbc, clock, registry);
	}

	@Bean
	OutboxTable outboxTable(JdbcClient jdbc, Clock clock) {
		return new OutboxTable(jdbc, clock);
	}

	@Bean
	OutboxRelay outboxRelay(OutboxTable table, OutboxPublisher publisher, OutboxMetrics metrics,
			PlatformTransactionManager transactions, Refreshable<OutboxProperties> properties, EventTracing tracing) {
		OutboxDelivery delivery = new OutboxDelivery(table, publisher, properties, metrics, tracing);
		return new OutboxRelay(delivery, new TransactionTemplate(transactions), properties);
	}

	@Bean
	Outbox outbox(JdbcClient jdbc, OutboxTable table, JsonMapper json, Clock clock, EventTracing tracing,
			OutboxPublisher publisher, OutboxRelay relay) {
		return new Outbox(jdbc, table, json, clock, tracing, publisher::knows, relay::wake);
	}

	@Bean
	Inbox inbox(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock, JsonMapper json,
			EventTracing tracing, MeterRegistry meters) {
		return new Inbox(jdbc, new TransactionTemplate(transactions), clock, json, tracing, meters);
	}

	@Bean
	ExpiredRows expiredOutboxRows(JdbcClient jdbc, Clock clock, Refreshable<OutboxProperties> properties) {
		return new ExpiredRows(jdbc, clock, "outbox", "published_at",
				() -> new Rules(properties.get().retention(), CLEAN_UP_INTERVAL, CLEAN_UP_BATCH));
	}

	/**
	 * Its first run is one interval after the start: the inbox must not forget what an
	 * outbox that was stopped for as long is about to repeat.
	 */
	@Bean
	ExpiredRows expiredInboxRows(JdbcClient jdbc, Clock clock, Refreshable<InboxProperties> properties) {
		return new ExpiredRows(jdbc, clock, "inbox", "processed_at",
				() -> new Rules(properties.get().retention(), CLEAN_UP_INTERVAL, CLEAN_UP_BATCH));
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(AsyncZipkinSpanHandler.class)
	@ConditionalOnBean(AsyncZipkinSpanHandler.class)
	static class Spans {

		/**
		 * Runs before the handlers that export spans, which do not receive event spans.
		 */
		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE + 1)
		EventSpans eventSpans(BytesMessageSender sender, BytesEncoder<MutableSpan> encoder, MeterRegistry meters) {
			return new EventSpans(sender, encoder, meters);
		}

	}

}
