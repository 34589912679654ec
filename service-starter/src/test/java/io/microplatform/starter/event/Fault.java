package io.microplatform.starter.event;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import io.microplatform.local.process.RunningProcess;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Something that befalls a process at an exact step of sending, put into its Kafka
 * producer from outside: {@code KIND:COUNT}, with the count of the record at which it
 * happens.
 */
public final class Fault implements ProducerInterceptor<byte[], byte[]>, ConsumerInterceptor<byte[], byte[]> {

	/** What happens. */
	enum Kind {

		/** The process dies before the record is handed to the producer. */
		DIES_BEFORE_SENDING,

		/** The process dies when the record is on its way and cannot be acknowledged. */
		DIES_BEFORE_ACKNOWLEDGEMENT,

		/** The process dies when only the producer has the acknowledgement. */
		DIES_AFTER_ACKNOWLEDGEMENT,

		/** The process stands still before the record is handed to the producer. */
		STOPS_BEFORE_SENDING

	}

	private final AtomicInteger sent = new AtomicInteger();

	private final AtomicInteger acknowledged = new AtomicInteger();

	private Kind kind = Kind.DIES_BEFORE_SENDING;

	private int count;

	private long broker;

	/**
	 * The configuration of a process to which it happens.
	 * @param broker the pid of the broker
	 */
	static Map<String, String> of(Kind kind, int count, long broker) {
		String prefix = "spring.cloud.stream.kafka.binder.producer-properties.";
		return Map.of(prefix + "interceptor.classes", Fault.class.getName(), prefix + "fault.kind", kind.name(),
				prefix + "fault.count", Integer.toString(count), prefix + "fault.broker", Long.toString(broker));
	}

	@Override
	public void configure(Map<String, ?> configuration) {
		this.kind = Kind.valueOf(String.valueOf(configuration.get("fault.kind")));
		this.count = Integer.parseInt(String.valueOf(configuration.get("fault.count")));
		this.broker = Long.parseLong(String.valueOf(configuration.get("fault.broker")));
	}

	@Override
	public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
		if (this.sent.incrementAndGet() == this.count) {
			switch (this.kind) {
				case DIES_BEFORE_SENDING -> die();
				case STOPS_BEFORE_SENDING -> stop(ProcessHandle.current().pid());
				case DIES_BEFORE_ACKNOWLEDGEMENT -> {
					stop(this.broker);
					Thread.ofPlatform().start(Fault::dieOnceARequestIsOnItsWay);
				}
				case DIES_AFTER_ACKNOWLEDGEMENT -> {
				}
			}
		}
		return record;
	}

	@Override
	public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
		if (this.kind == Kind.DIES_AFTER_ACKNOWLEDGEMENT && this.acknowledged.incrementAndGet() == this.count) {
			die();
		}
	}

	/** Those who share their settings with a producer are spared. */
	@Override
	public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
		return records;
	}

	@Override
	public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
	}

	@Override
	public void close() {
	}

	private static void die() {
		Runtime.getRuntime().halt(137);
	}

	private static void stop(long pid) {
		RunningProcess.of(pid).orElseThrow().pause();
	}

	private static void dieOnceARequestIsOnItsWay() {
		MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
		try {
			while (true) {
				for (ObjectName producer : beans.queryNames(new ObjectName("kafka.producer:type=producer-metrics,*"),
						null)) {
					if ((Double) beans.getAttribute(producer, "requests-in-flight") > 0) {
						die();
					}
				}
			}
		}
		catch (JMException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
