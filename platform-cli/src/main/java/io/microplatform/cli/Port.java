package io.microplatform.cli;

/**
 * The ports that an environment variable can choose.
 */
enum Port {

	GATEWAY(8080), GATEWAY_MANAGEMENT(8081), DISCOVERY(8761), CONFIG(8888),

	/** The second of each pair. */
	GATEWAY_2(8082), GATEWAY_2_MANAGEMENT(8083), DISCOVERY_2(8762), CONFIG_2(8889),

	/** The first of the business services' ports: each instance takes two, upwards. */
	SERVICES(8200),

	POSTGRESQL(15432), REDIS(16379), KAFKA(19092), KAFKA_CONTROLLER(19094),

	/** Of what {@code --with} starts. */
	PROMETHEUS(19090), ALERTMANAGER(19093), NODE_EXPORTER(19100), POSTGRES_EXPORTER(19187), REDIS_EXPORTER(19121),
	KAFKA_EXPORTER(19095), GRAFANA(19300), ZIPKIN(19411), ELASTICSEARCH(19200), ELASTICSEARCH_TRANSPORT(19301),
	ADMIN(8090);

	private final int usual;

	Port(int usual) {
		this.usual = usual;
	}

	int usual() {
		return this.usual;
	}

	String variable() {
		return "PLATFORM_" + name() + "_PORT";
	}

}
