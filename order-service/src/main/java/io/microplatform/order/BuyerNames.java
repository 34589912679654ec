package io.microplatform.order;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.microplatform.instance.breaker.CircuitBreakers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.cloud.client.circuitbreaker.CircuitBreaker;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;
import org.springframework.cloud.client.loadbalancer.BlockingLoadBalancerInterceptor;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * Client that reads the names of buyers from user-service with one request, on behalf of
 * an administrator and through a {@link CircuitBreaker}. If user-service is unavailable
 * or slow, the caller gets an empty result within the time limit of {@value #HOP}. Names
 * are personal data and are neither logged nor stored. Thread-safe.
 */
@Component
class BuyerNames {

	/** The name of the circuit breaker and of its rule. */
	static final String HOP = "user-service.names";

	private static final Logger log = LoggerFactory.getLogger(BuyerNames.class);

	private static final String NAMES = "http://user-service/users/names";

	private final RestClient client;

	private final CircuitBreakers rules;

	private final CircuitBreakerFactory<?, ?> breakers;

	BuyerNames(RestClient.Builder builder, BlockingLoadBalancerInterceptor balancer, CircuitBreakers rules,
			CircuitBreakerFactory<?, ?> breakers) {
		this.client = builder.requestInterceptor(balancer).build();
		this.rules = rules;
		this.breakers = breakers;
	}

	/**
	 * Finds the names of users.
	 * @param buyers the users' ids, at most 100
	 * @param authorization the administrator's header {@code Authorization}
	 * @return the names of those that exist, by id; empty if they could not be read
	 */
	Optional<Map<Long, String>> find(Set<Long> buyers, String authorization) {
		if (buyers.isEmpty()) {
			return Optional.of(Map.of());
		}
		this.rules.of(HOP);
		return this.breakers.create(HOP).run(() -> Optional.of(request(buyers, authorization)), BuyerNames::none);
	}

	private Map<Long, String> request(Set<Long> buyers, String authorization) {
		Names names = this.client.get()
			.uri(NAMES, (uri) -> uri.queryParam("id", buyers).build())
			.header(HttpHeaders.AUTHORIZATION, authorization)
			.retrieve()
			.body(Names.class);
		return Objects.requireNonNull(names, "user-service answered without a body")
			.items()
			.stream()
			.collect(Collectors.toMap(Name::id, Name::name));
	}

	/** Logs a failure without its message, which may quote the answer. */
	private static Optional<Map<Long, String>> none(@Nullable Throwable failure) {
		log.debug("Returning a list without the names of buyers: {}",
				(failure != null) ? failure.getClass().getName() : "unknown cause");
		return Optional.empty();
	}

	/** The body of the answer. */
	record Names(List<Name> items) {
	}

	record Name(long id, String name) {
	}

}
