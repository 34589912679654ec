package io.microplatform.user.account;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.starter.overload.InProgress;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Configuration of the {@link HashingBulkhead}. A request that waits for hashing does not
 * count as {@link InProgress in progress}, so that waiting logins do not make the
 * instance shed other requests. The gateway limits the number of waiting requests.
 */
@Configuration(proxyBeanMethods = false)
class HashingConfiguration {

	@Bean
	HashingBulkhead hashingBulkhead(BulkheadRegistry bulkheads, Refreshable<HashingProperties> properties,
			InProgress requests, MeterRegistry meters) {
		return new HashingBulkhead(bulkheads, properties, (waiting) -> await(requests, waiting), meters);
	}

	/** Waits with or without a request, because startup hashes passwords as well. */
	private static void await(InProgress requests, Runnable waiting) {
		if (RequestContextHolder.getRequestAttributes() == null) {
			waiting.run();
			return;
		}
		requests.whileReleased(() -> {
			waiting.run();
			return true;
		});
	}

}
