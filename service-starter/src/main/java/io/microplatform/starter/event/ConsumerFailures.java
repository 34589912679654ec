package io.microplatform.starter.event;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.log.LogAccessor;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ListenerContainerPauseService;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.listener.SeekUtils;

/**
 * A {@link CommonErrorHandler} that retries a failed message after a delay or, when it
 * gives up, publishes it as a dead letter. It replaces
 * {@link org.springframework.kafka.listener.DefaultErrorHandler}; docs/adr/0011 says why.
 * A message is acknowledged only once it is applied or the broker has acknowledged the
 * dead letter. Until then only its partition is paused, so that the order of its key is
 * kept; other partitions continue. The consumer never sleeps, so that it keeps its
 * partitions however long an outage lasts.
 */
final class ConsumerFailures implements CommonErrorHandler {

	private static final Logger log = LoggerFactory.getLogger(ConsumerFailures.class);

	private static final LogAccessor seekLog = new LogAccessor(LogFactory.getLog(ConsumerFailures.class));

	private final Map<TopicPartition, Trial> trials = new ConcurrentHashMap<>();

	private final Refreshable<ConsumerProperties> properties;

	private final DeadLetterPublisher deadLetters;

	private final ListenerContainerPauseService pauses;

	private final MeterProvider<Counter> retries;

	private final MeterProvider<Counter> givenUp;

	ConsumerFailures(Refreshable<ConsumerProperties> properties, DeadLetterPublisher deadLetters,
			ListenerContainerPauseService pauses, MeterRegistry registry) {
		this.properties = properties;
		this.deadLetters = deadLetters;
		this.pauses = pauses;
		this.retries = Counter.builder("consumer.retries")
			.description("Attempts that failed and will be made again")
			.withRegistry(registry);
		this.givenUp = Counter.builder("consumer.dead.letters")
			.description("Messages that were given up, by the exception that was the reason")
			.withRegistry(registry);
	}

	/** The container leaves everything from the failed message on to this. */
	@Override
	public boolean seeksAfterHandling() {
		return true;
	}

	/**
	 * Returns when the first record is done with, and the container acknowledges it.
	 * @throws KafkaException when it is not, and must come again
	 */
	@Override
	public void handleRemaining(Exception thrown, List<ConsumerRecord<?, ?>> records, Consumer<?, ?> consumer,
			MessageListenerContainer container) {
		@SuppressWarnings("unchecked") // The binder reads bytes and nothing else.
		ConsumerRecord<byte[], byte[]> record = (ConsumerRecord<byte[], byte[]>) records.getFirst();
		TopicPartition partition = new TopicPartition(record.topic(), record.partition());
		ConsumerProperties rules = this.properties.get();
		RetryDelays delays = delays(partition, record.offset());
		Failure failure = Failure.of(thrown);
		Optional<Duration> delay = delays.next(failure.kind(), rules)
			.or(() -> deadLetter(record, String.valueOf(container.getGroupId()), delays, rules, failure));
		if (delay.isEmpty()) {
			this.trials.remove(partition);
			SeekUtils.doSeeksToBegin(records.subList(1, records.size()), consumer, seekLog);
			return;
		}
		this.retries.withTags("topic", record.topic(), "kind", failure.kind().name().toLowerCase(Locale.ROOT))
			.increment();
		SeekUtils.doSeeksToBegin(records, consumer, seekLog);
		this.pauses.pausePartition(container, partition, delay.get());
		throw new KafkaException(
				String.format(Locale.ROOT, "%s/%d is tried again in %s", partition, record.offset(), delay.get()),
				KafkaException.Level.DEBUG, failure.reason());
	}

	private RetryDelays delays(TopicPartition partition, long offset) {
		Trial trial = this.trials.get(partition);
		if (trial == null || trial.offset() != offset) {
			trial = new Trial(offset, new RetryDelays());
			this.trials.put(partition, trial);
		}
		return trial.delays();
	}

	/** Empty when the letter is written, else how long to wait. */
	private Optional<Duration> deadLetter(ConsumerRecord<byte[], byte[]> record, String consumer, RetryDelays delays,
			ConsumerProperties rules, Failure failure) {
		try {
			this.deadLetters.publish(record, consumer, delays.failures(), failure);
		}
		catch (RuntimeException ex) {
			log.error("{}/{}/{} could not be written to the dead letters, and stays: {}", record.topic(),
					record.partition(), record.offset(), ex.toString());
			return Optional.of(delays.afterOutage(rules));
		}
		this.givenUp.withTags("topic", record.topic(), "reason", failure.reason().getClass().getSimpleName())
			.increment();
		log.error("{}/{}/{} is a dead letter, attempts: {}", record.topic(), record.partition(), record.offset(),
				delays.failures(), failure.reason());
		return Optional.empty();
	}

	/** What no message is to blame for; the consumer goes on. */
	@Override
	public void handleOtherException(Exception thrown, Consumer<?, ?> consumer, MessageListenerContainer container,
			boolean batchListener) {
		log.warn("The consumer of {} failed and goes on", container.getGroupId(), thrown);
	}

	/** The attempts at the message at which a partition waits. */
	private record Trial(long offset, RetryDelays delays) {
	}

}
