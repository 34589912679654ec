package io.microplatform.config.rollout;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.microplatform.instance.configuration.ConfigurationReport;
import io.microplatform.instance.configuration.ConfigurationReport.Result;
import io.microplatform.instance.configuration.Problem;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * An HTTP client of the actuator endpoint {@code configuration} of instances. An instance
 * that cannot be reached, hangs or answers with an error is reported as unreachable;
 * nothing is thrown. Thread-safe.
 */
@Component
class InstanceClient {

	/** The first validation makes an instance read the metadata in all of its jars. */
	private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

	/**
	 * Longer than the registry takes to show the version that an instance has applied.
	 */
	private static final Duration REGISTRY_LAG = Duration.ofSeconds(5);

	private final Map<String, Long> lastAnswers = new ConcurrentHashMap<>();

	private final RestClient http;

	private final String password;

	InstanceClient(@Value("${platform.config.password}") String password) {
		JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
				HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT).build());
		requests.setReadTimeout(READ_TIMEOUT);
		this.http = RestClient.builder().requestFactory(requests).build();
		this.password = password;
	}

	/** Asks an instance whether it would apply a version. */
	ConfigurationReport validate(Instance instance, String version) {
		return post(instance, new Question(version, this.password));
	}

	/**
	 * Asks instances to apply the published version, all at the same time.
	 * @return a report for each, in the same order, when all have answered or timed out
	 */
	List<InstanceReport> update(Collection<Instance> instances) {
		List<Callable<InstanceReport>> updates = instances.stream()
			.<Callable<InstanceReport>>map((instance) -> () -> update(instance))
			.toList();
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			return executor.invokeAll(updates).stream().map(Future::resultNow).toList();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while instances were updated", ex);
		}
	}

	private InstanceReport update(Instance instance) {
		ConfigurationReport report = post(instance, new Question(null, this.password));
		if (report.result() != Result.UNREACHABLE) {
			this.lastAnswers.put(instance.key(), System.nanoTime());
		}
		return new InstanceReport(instance.service(), instance.id(), report);
	}

	/** Whether the version in the registry may be older than the last answer. */
	boolean hasAnsweredRecently(Instance instance) {
		long since = System.nanoTime() - REGISTRY_LAG.toNanos();
		this.lastAnswers.values().removeIf((at) -> at - since < 0);
		return this.lastAnswers.containsKey(instance.key());
	}

	private ConfigurationReport post(Instance instance, Question body) {
		try {
			@Nullable ConfigurationReport report = this.http.post()
				.uri(instance.endpoint())
				.contentType(MediaType.APPLICATION_JSON)
				.body(body)
				.retrieve()
				.body(ConfigurationReport.class);
			return (report != null) ? report : ConfigurationReport.unreachable(instance.version(),
					new Problem("", instance.endpoint() + " answers nothing"));
		}
		catch (RestClientException ex) {
			return ConfigurationReport.unreachable(instance.version(),
					new Problem("", String.valueOf(ex.getMessage())));
		}
	}

	/**
	 * The body of a request, which may be logged.
	 *
	 * @param version the version to validate; null to apply the published one
	 * @param password the password
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	private record Question(@Nullable String version, String password) {

		@Override
		public String toString() {
			return "version %s, password withheld".formatted(this.version);
		}

	}

}
