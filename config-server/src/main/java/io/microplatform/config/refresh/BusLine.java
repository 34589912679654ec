package io.microplatform.config.refresh;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.microplatform.instance.configuration.Report;
import io.microplatform.instance.configuration.TakePublished;
import io.microplatform.instance.configuration.Took;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.cloud.bus.BusBridge;
import org.springframework.cloud.bus.BusProperties;
import org.springframework.cloud.bus.jackson.RemoteApplicationEventScan;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Asks instances over the bus, with one message to all of them. Thread-safe.
 */
@Component
@RemoteApplicationEventScan(basePackageClasses = TakePublished.class)
class BusLine {

	private static final Logger log = LoggerFactory.getLogger(BusLine.class);

	private final Map<String, Map<String, CompletableFuture<Report>>> questions = new ConcurrentHashMap<>();

	private final BusBridge bus;

	private final String id;

	BusLine(BusBridge bus, BusProperties properties) {
		this.bus = bus;
		this.id = properties.getId();
	}

	/**
	 * Asks instances to take the published version.
	 * @param instances who is asked, as the registry names them
	 * @return to be closed when their answers are not waited for any more
	 */
	Question ask(Set<String> instances) {
		TakePublished question = TakePublished.by(this, this.id, instances);
		Map<String, CompletableFuture<Report>> answers = instances.stream()
			.collect(Collectors.toMap(Function.identity(), (instance) -> new CompletableFuture<>()));
		this.questions.put(question.getId(), answers);
		// Without a broker this waits for one, and nobody else should.
		Thread.ofVirtual().start(() -> send(question));
		return new Question(question.getId(), answers);
	}

	private void send(TakePublished question) {
		try {
			this.bus.send(question);
		}
		catch (RuntimeException ex) {
			log.warn("The bus is away: {}", ex.toString());
		}
	}

	@EventListener
	void on(Took answer) {
		Map<String, CompletableFuture<Report>> answers = this.questions.getOrDefault(answer.getQuestion(), Map.of());
		CompletableFuture<Report> waiting = answers.get(answer.getInstance());
		Report report = answer.getReport();
		if (waiting != null && report != null) {
			waiting.complete(report);
		}
	}

	/** What has been asked, and the answers that come. */
	final class Question implements AutoCloseable {

		private final String id;

		private final Map<String, CompletableFuture<Report>> answers;

		private Question(String id, Map<String, CompletableFuture<Report>> answers) {
			this.id = id;
			this.answers = answers;
		}

		/** That of one of those who were asked. */
		Future<Report> answerOf(Instance instance) {
			return this.answers.getOrDefault(instance.id(), new CompletableFuture<>());
		}

		@Override
		public void close() {
			BusLine.this.questions.remove(this.id);
		}

	}

}
