package io.microplatform.lab.platform;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import io.microplatform.local.process.Ports;

/**
 * Free ports for a platform, by the names of the environment variables that {@code
 * ./platform} reads.
 *
 * @param ports the ports by name
 */
record PlatformPorts(Map<String, Integer> ports) {

	private static final List<String> SINGLE = List.of("PLATFORM_GATEWAY_PORT", "PLATFORM_GATEWAY_MANAGEMENT_PORT",
			"PLATFORM_DISCOVERY_PORT", "PLATFORM_CONFIG_PORT", "PLATFORM_GATEWAY_2_PORT",
			"PLATFORM_GATEWAY_2_MANAGEMENT_PORT", "PLATFORM_DISCOVERY_2_PORT", "PLATFORM_CONFIG_2_PORT",
			"PLATFORM_POSTGRESQL_PORT", "PLATFORM_REDIS_PORT", "PLATFORM_KAFKA_PORT", "PLATFORM_KAFKA_CONTROLLER_PORT",
			"PLATFORM_PROMETHEUS_PORT", "PLATFORM_ALERTMANAGER_PORT", "PLATFORM_NODE_EXPORTER_PORT",
			"PLATFORM_POSTGRES_EXPORTER_PORT", "PLATFORM_REDIS_EXPORTER_PORT", "PLATFORM_KAFKA_EXPORTER_PORT",
			"PLATFORM_GRAFANA_PORT", "PLATFORM_ZIPKIN_PORT", "PLATFORM_ELASTICSEARCH_PORT",
			"PLATFORM_ELASTICSEARCH_TRANSPORT_PORT", "PLATFORM_ADMIN_PORT");

	/**
	 * The first port of the business services; their instances use it and the following
	 * ports.
	 */
	private static final String SERVICES_PORT = "PLATFORM_SERVICES_PORT";

	private static final int SERVICE_PORTS = 16;

	static PlatformPorts free() {
		Iterator<Integer> free = Ports.free(SINGLE.size()).iterator();
		Map<String, Integer> ports = new HashMap<>();
		SINGLE.forEach((name) -> ports.put(name, free.next()));
		ports.put(SERVICES_PORT, Ports.freeRow(SERVICE_PORTS, ports.values()));
		return new PlatformPorts(Map.copyOf(ports));
	}

}
