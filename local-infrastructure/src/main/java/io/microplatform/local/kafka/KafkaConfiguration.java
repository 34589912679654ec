package io.microplatform.local.kafka;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.kafka.common.security.plain.PlainLoginModule;

import io.microplatform.local.server.Secrets;

/**
 * The broker's {@code server.properties}, which holds passwords.
 */
final class KafkaConfiguration {

	private static final Pattern USER = Pattern.compile("\\buser_([a-z0-9-]+)=");

	private KafkaConfiguration() {
	}

	static String of(int port, int controllerPort, String logDirectory, Secrets secrets) {
		String password = secrets.password("KAFKA", Kafka.ADMIN);
		String services = secrets.services()
			.names()
			.stream()
			.map((service) -> " user_%s=\"%s\"".formatted(service, secrets.password("KAFKA", service)))
			.collect(Collectors.joining());
		String login = "%s required username=\"%s\" password=\"%s\" user_%s=\"%s\""
			.formatted(PlainLoginModule.class.getName(), Kafka.ADMIN, password, Kafka.ADMIN, password);
		return String.format(Locale.ROOT, """
				process.roles=broker,controller
				node.id=1
				controller.quorum.voters=1@127.0.0.1:%2$d
				listeners=CLIENT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
				advertised.listeners=CLIENT://127.0.0.1:%1$d
				controller.listener.names=CONTROLLER
				inter.broker.listener.name=CLIENT
				listener.security.protocol.map=CLIENT:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT
				sasl.enabled.mechanisms=PLAIN
				sasl.mechanism.inter.broker.protocol=PLAIN
				sasl.mechanism.controller.protocol=PLAIN
				listener.name.client.plain.sasl.jaas.config=%3$s%4$s;
				listener.name.controller.plain.sasl.jaas.config=%3$s;
				authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
				super.users=User:%5$s
				allow.everyone.if.no.acl.found=false
				log.dirs=%6$s
				auto.create.topics.enable=false
				# There is one broker to hold copies.
				offsets.topic.replication.factor=1
				transaction.state.log.replication.factor=1
				transaction.state.log.min.isr=1
				share.coordinator.state.topic.replication.factor=1
				share.coordinator.state.topic.min.isr=1
				# Few groups: the defaults of 50 partitions would only be files.
				offsets.topic.num.partitions=5
				transaction.state.log.num.partitions=5
				share.coordinator.state.topic.num.partitions=5
				# After a crash the broker may come back only when its old session is over (default: 9 s).
				broker.session.timeout.ms=4000
				broker.heartbeat.interval.ms=1000
				# A group whose members come one after another starts with the first of them.
				group.initial.rebalance.delay.ms=0
				# Limits of the broker's own logs; those of the topics are in KafkaTopics. Only whole segments are
				# deleted or compacted (defaults: 100 MB, 1 GB).
				offsets.topic.segment.bytes=8388608
				metadata.log.segment.bytes=8388608
				# Of the log and its snapshots together (default: 100 MB).
				metadata.max.retention.bytes=33554432
				# Until a log is checked for its limits, it can exceed them (default: 5 min).
				log.retention.check.interval.ms=60000
				""", port, controllerPort, login, services, Kafka.ADMIN, logDirectory);
	}

	/** The names of the users of a configuration. */
	static Set<String> users(String configuration) {
		return USER.matcher(configuration).results().map((user) -> user.group(1)).collect(Collectors.toSet());
	}

}
