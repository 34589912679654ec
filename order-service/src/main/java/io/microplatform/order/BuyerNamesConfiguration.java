package io.microplatform.order;

import java.net.ConnectException;
import java.util.Objects;
import java.util.stream.Stream;

import io.microplatform.instance.breaker.IgnoredFailures;

import org.springframework.cloud.circuitbreaker.resilience4j.Resilience4JCircuitBreakerFactory;
import org.springframework.cloud.client.circuitbreaker.Customizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.support.ExecutorServiceAdapter;
import org.springframework.web.client.HttpServerErrorException;

/**
 * Configuration that runs calls through a circuit breaker in virtual threads, with the
 * context of the request. The caller waits in its own thread until the time limit.
 */
@Configuration(proxyBeanMethods = false)
class BuyerNamesConfiguration {

	/** Creates an executor that is not a bean, because it would replace the default. */
	@Bean
	Customizer<Resilience4JCircuitBreakerFactory> callsInVirtualThreads() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("circuit-breaker-");
		executor.setVirtualThreads(true);
		executor.setTaskDecorator(new RequestContextDecorator());
		return (factory) -> factory.configureExecutorService(new ExecutorServiceAdapter(executor));
	}

	/**
	 * Ignores calls that user-service sheds or does not get, as the gateway does: the
	 * next call may be answered.
	 */
	@Bean
	IgnoredFailures shedOrNotSent() {
		return (failure) -> Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
			.anyMatch((cause) -> cause instanceof HttpServerErrorException.ServiceUnavailable
					|| cause instanceof ConnectException);
	}

}
