package io.microplatform.lab.deadletter;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes single records synchronously. Not thread-safe.
 */
final class TopicWriter implements AutoCloseable {

	/** A dead letter is as large as a message may be, and has headers of its own. */
	private static final int MAX_BYTES = (1024 + 64) * 1024;

	private final Properties properties = new Properties();

	private @Nullable KafkaProducer<byte[], byte[]> producer;

	/**
	 * Creates a writer, which connects at the first record.
	 * @param connection the client properties
	 * @param timeout the time within which the broker must answer
	 */
	TopicWriter(Properties connection, Duration timeout) {
		this.properties.putAll(connection);
		this.properties.put(ProducerConfig.ACKS_CONFIG, "all");
		this.properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(timeout.toMillis()));
		this.properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(timeout.toMillis()));
		this.properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(timeout.toMillis() / 2));
		this.properties.put(ProducerConfig.LINGER_MS_CONFIG, "0");
		this.properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(MAX_BYTES));
	}

	/**
	 * Writes a record and waits for the acknowledgement.
	 * @return the place of the record
	 * @throws KafkaException if there is no acknowledgement; the record may nevertheless
	 * be written
	 */
	RecordMetadata write(ProducerRecord<byte[], byte[]> record) {
		try {
			return producer().send(record).get();
		}
		catch (ExecutionException ex) {
			throw new KafkaException("%s was not written: %s".formatted(record.topic(), ex.getCause()), ex.getCause());
		}
		catch (InterruptedException ex) {
			throw new InterruptException(ex);
		}
	}

	private KafkaProducer<byte[], byte[]> producer() {
		if (this.producer == null) {
			this.producer = new KafkaProducer<>(this.properties, new ByteArraySerializer(), new ByteArraySerializer());
		}
		return this.producer;
	}

	@Override
	public void close() {
		if (this.producer != null) {
			this.producer.close();
		}
	}

}
