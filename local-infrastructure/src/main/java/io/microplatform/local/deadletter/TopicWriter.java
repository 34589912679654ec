package io.microplatform.local.deadletter;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records one at a time. Not thread-safe.
 */
final class TopicWriter implements AutoCloseable {

	private final Properties properties = new Properties();

	private @Nullable KafkaProducer<byte[], byte[]> producer;

	/**
	 * Connects at the first record.
	 * @param connection how the broker is reached
	 * @param patience how long it may take to answer
	 */
	TopicWriter(Properties connection, Duration patience) {
		this.properties.putAll(connection);
		this.properties.put(ProducerConfig.ACKS_CONFIG, "all");
		this.properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(patience.toMillis()));
		this.properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(patience.toMillis()));
		this.properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(patience.toMillis() / 2));
		this.properties.put(ProducerConfig.LINGER_MS_CONFIG, "0");
	}

	/**
	 * Returns when the broker has the record.
	 * @throws KafkaException when it has not acknowledged it; it may have it all the same
	 */
	void write(ProducerRecord<byte[], byte[]> record) {
		try {
			producer().send(record).get();
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
