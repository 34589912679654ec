package io.microplatform.starter.breaker;

import java.net.ConnectException;
import java.util.Objects;
import java.util.stream.Stream;

import io.microplatform.instance.breaker.IgnoredFailures;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.circuitbreaker.resilience4j.Resilience4JCircuitBreakerFactory;
import org.springframework.cloud.client.circuitbreaker.Customizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.support.ExecutorServiceAdapter;
import org.springframework.web.client.HttpServerErrorException;

/**
 * {@link AutoConfiguration Auto-configuration} that runs the calls through a circuit
 * breaker in virtual threads, with the context of the request. The caller waits in its
 * own thread until the time limit.
 */
@AutoConfiguration
@ConditionalOnClass(Resilience4JCircuitBreakerFactory.class)
public class CircuitBreakerCallsAutoConfiguration {

	/** Creates an executor that is not a bean, because it would replace the default. */
	@Bean
	Customizer<Resilience4JCircuitBreakerFactory> callsInVirtualThreads() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("circuit-breaker-");
		executor.setVirtualThreads(true);
		executor.setTaskDecorator(new RequestContextDecorator());
		return (factory) -> factory.configureExecutorService(new ExecutorServiceAdapter(executor));
	}

	/**
	 * Ignores calls that the other service sheds or does not receive, as the gateway
	 * does: the next call may be answered.
	 */
	@Bean
	IgnoredFailures shedOrNotSent() {
		return (failure) -> Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
			.anyMatch((cause) -> cause instanceof HttpServerErrorException.ServiceUnavailable
					|| cause instanceof ConnectException);
	}

}
