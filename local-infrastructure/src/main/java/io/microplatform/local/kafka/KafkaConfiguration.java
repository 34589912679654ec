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
public final class KafkaConfiguration {

	private static final Pattern USER = Pattern.compile("\\buser_([a-z0-9-]+)=");

	/** Where clients in the same network reach a broker in a container. */
	private static final int CONTAINER_PORT = 9092;

	private KafkaConfiguration() {
	}

	static String of(int port, int controllerPort, String logDirectory, Secrets secrets) {
		String client = String.format(Locale.ROOT, "CLIENT://127.0.0.1:%d", port);
		return of(new Listeners(client, client, controllerPort), logDirectory, secrets);
	}

	/**
	 * The configuration in a container, whose clients are in the same network. A second
	 * listener is for clients on the host, if its port is published.
	 * @param host the name of the container
	 * @param hostPort the port of the second listener, inside and outside
	 * @param logDirectory the directory of the data
	 * @param secrets the passwords of the clients
	 * @return the content of {@code server.properties}
	 */
	public static String container(String host, int hostPort, String logDirectory, Secrets secrets) {
		return of(new Listeners(
				String.format(Locale.ROOT, "CLIENT://0.0.0.0:%d,HOST://0.0.0.0:%d", CONTAINER_PORT, hostPort),
				String.format(Locale.ROOT, "CLIENT://%s:%d,HOST://127.0.0.1:%d", host, CONTAINER_PORT, hostPort),
				CONTAINER_PORT + 1), logDirectory, secrets);
	}

	private static String of(Listeners listeners, String logDirectory, Secrets secrets) {
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
				listeners=%1$s,CONTROLLER://127.0.0.1:%2$d
				advertised.listeners=%7$s
				controller.listener.names=CONTROLLER
				inter.broker.listener.name=CLIENT
				listener.security.protocol.map=CLIENT:SASL_PLAINTEXT,HOST:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT
				sasl.enabled.mechanisms=PLAIN
				sasl.mechanism.inter.broker.protocol=PLAIN
				sasl.mechanism.controller.protocol=PLAIN
				listener.name.client.plain.sasl.jaas.config=%3$s%4$s;
				listener.name.host.plain.sasl.jaas.config=%3$s%4$s;
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
				""", listeners.opened(), listeners.controllerPort(), login, services, Kafka.ADMIN, logDirectory,
				listeners.advertised());
	}

	/** The names of the users of a configuration. */
	static Set<String> users(String configuration) {
		return USER.matcher(configuration).results().map((user) -> user.group(1)).collect(Collectors.toSet());
	}

	/**
	 * Where the broker listens.
	 *
	 * @param opened the listeners for clients
	 * @param advertised the addresses that clients are told
	 * @param controllerPort where the broker talks to itself
	 */
	private record Listeners(String opened, String advertised, int controllerPort) {
	}

}
