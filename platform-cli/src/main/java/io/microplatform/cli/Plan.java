package io.microplatform.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import io.microplatform.local.kafka.Kafka;
import io.microplatform.local.postgres.Postgres;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunRecords;
import io.microplatform.local.redis.Redis;
import org.jspecify.annotations.Nullable;

/**
 * The instances of the platform, with their ports. A running instance keeps its ports,
 * even if the environment now chooses others, and the other instances are configured with
 * them.
 *
 * @param discovery one registry, or a pair
 * @param config one config server, or a pair
 * @param gateways one, or a pair
 * @param business the instances of the business services
 * @param kafkaControllerPort where the broker talks to itself
 * @param zipkin the server to which instances export spans; null if they export none
 */
record Plan(Instance postgres, Instance redis, Instance kafka, List<Instance> discovery, List<Instance> config,
		List<Instance> gateways, List<Instance> business, int kafkaControllerPort, @Nullable Instance zipkin) {

	static final String DISCOVERY = "discovery-server";

	static final String CONFIG = "config-server";

	static final String GATEWAY = "api-gateway";

	/** The business service that has the secrets of users. */
	static final String USER_SERVICE = "user-service";

	static final List<String> INFRASTRUCTURE = List.of(Postgres.NAME, Redis.NAME, Kafka.NAME);

	/** Of which there are two with {@code up --ha}. */
	static final List<String> SERVERS = List.of(DISCOVERY, CONFIG, GATEWAY);

	/**
	 * Plans what is on record and wanted.
	 * @param configVersion that is served
	 */
	static Plan of(PortChoice ports, Context context, String configVersion) throws IOException {
		RunRecords records = context.records();
		PairPlan pairs = new PairPlan(ports, context);
		return new Plan(standing(Instance.of(Postgres.NAME, ports.of(Port.POSTGRESQL), "postgresql"), records),
				standing(Instance.of(Redis.NAME, ports.of(Port.REDIS), "redis"), records),
				standing(Instance.of(Kafka.NAME, ports.of(Port.KAFKA), "kafka"), records), pairs.discovery(),
				pairs.config(configVersion), pairs.gateways(configVersion),
				new BusinessPlan(ports, context, configVersion).instances(), ports.of(Port.KAFKA_CONTROLLER),
				zipkin(ports, context));
	}

	private static @Nullable Instance zipkin(PortChoice ports, Context context) throws IOException {
		return context.wanted().all().containsKey(ObservabilityProgram.Part.ZIPKIN.toString())
				? ObservabilityProgram.ZIPKIN.standing(ports, context.records()) : null;
	}

	static Instance service(String name, String instance, int port, @Nullable Integer managementPort,
			@Nullable String configVersion) {
		int observedAt = (managementPort != null) ? managementPort : port;
		return new Instance(name, instance, port, managementPort, "http://127.0.0.1:" + port,
				String.format(Locale.ROOT, "http://127.0.0.1:%d/actuator/health/readiness", observedAt), configVersion);
	}

	static Instance standing(Instance planned, RunRecords records) throws IOException {
		Optional<RunRecord> running = records.find(planned.instance()).filter((entry) -> entry.process().isPresent());
		return running.map(RunRecord::asInstance).orElse(planned);
	}

	static boolean isFirst(Instance instance) {
		String name = instance.name();
		return instance.instance().equals(SERVERS.contains(name) ? name : name + "-1");
	}

	List<Instance> all() {
		return Stream
			.of(List.of(this.postgres, this.redis, this.kafka), this.discovery, this.config, this.gateways,
					this.business)
			.flatMap(List::stream)
			.toList();
	}

}
