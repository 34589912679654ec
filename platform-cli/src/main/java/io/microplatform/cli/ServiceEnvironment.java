package io.microplatform.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.microplatform.local.process.Instance;
import io.microplatform.local.server.Secrets;

/**
 * The environment of each service process. No process gets a secret that it does not
 * need.
 */
final class ServiceEnvironment {

	static final String PROFILES = "SPRING_PROFILES_ACTIVE";

	/** The profile of every instance on a developer's machine. */
	static final String LOCAL = "local";

	private final Plan plan;

	private final Secrets secrets;

	ServiceEnvironment(Plan plan, Secrets secrets) {
		this.plan = plan;
		this.secrets = secrets;
	}

	/** A registry tells its peer, if it has one, what it is told. */
	Map<String, String> ofDiscovery(Instance instance) {
		Map<String, String> environment = ofServer(instance);
		hand(environment, "PLATFORM_DISCOVERY_PASSWORD");
		List<Instance> peers = this.plan.discovery().stream().filter((peer) -> !peer.equals(instance)).toList();
		if (!peers.isEmpty()) {
			environment.put("PLATFORM_DISCOVERY_PEERS", registries(peers));
		}
		return environment;
	}

	Map<String, String> ofConfig(Instance instance, Path snapshots, GitChoice git) {
		Map<String, String> environment = ofServer(instance);
		discovery(environment);
		hand(environment, "PLATFORM_CONFIG_PASSWORD");
		environment.put("PLATFORM_CONFIG_SNAPSHOTS", snapshots.toAbsolutePath().toString());
		if (git.isMade()) {
			hand(environment, GitChoice.WEBHOOK_SECRET);
			environment.putAll(git.variables());
		}
		return environment;
	}

	/**
	 * What a business service is told.
	 * @param infrastructure properties that say how it reaches what keeps its data
	 */
	Map<String, String> ofBusiness(Instance instance, Map<String, String> infrastructure) {
		Map<String, String> environment = ofConfigured(instance);
		if (instance.release() != null) {
			environment.put("PLATFORM_RELEASE", instance.release());
		}
		put(environment, infrastructure);
		if (instance.name().equals(Plan.USER_SERVICE)) {
			hand(environment, "PLATFORM_TOKENS_SECRET");
			hand(environment, Secrets.ADMIN_EMAIL);
			hand(environment, "PLATFORM_ADMIN_PASSWORD");
		}
		return environment;
	}

	/**
	 * Returns the environment of a gateway.
	 * @param redis the properties of the connection to Redis, which stores its rate
	 * limits
	 */
	Map<String, String> ofGateway(Instance instance, Map<String, String> redis) {
		Map<String, String> environment = ofConfigured(instance);
		put(environment, redis);
		return environment;
	}

	/** Returns the environment of every client of the config server. */
	private Map<String, String> ofConfigured(Instance instance) {
		Map<String, String> environment = ofServer(instance);
		discovery(environment);
		environment.put("PLATFORM_CONFIG_URI",
				this.plan.config().stream().map(Instance::url).collect(Collectors.joining(",")));
		hand(environment, "PLATFORM_CONFIG_PASSWORD");
		return environment;
	}

	private void discovery(Map<String, String> environment) {
		environment.put("PLATFORM_DISCOVERY_URI", registries(this.plan.discovery()));
		hand(environment, "PLATFORM_DISCOVERY_PASSWORD");
	}

	private static String registries(List<Instance> instances) {
		return instances.stream().map((instance) -> instance.url() + "/eureka/").collect(Collectors.joining(","));
	}

	/**
	 * Returns the environment of the admin server, which finds the instances in the
	 * registry and reads their actuators. It exports no spans.
	 * @param links the pages of the platform, by the names of their properties
	 */
	Map<String, String> ofAdmin(Instance instance, Map<String, String> links) {
		Map<String, String> environment = ofServer(instance);
		discovery(environment);
		hand(environment, "PLATFORM_ADMIN_SERVER_PASSWORD");
		links.forEach((page, url) -> environment.put("PLATFORM_LINKS_" + page, url));
		return environment;
	}

	private Map<String, String> ofServer(Instance instance) {
		Map<String, String> environment = new HashMap<>();
		environment.put(PROFILES, LOCAL);
		Instance zipkin = this.plan.zipkin();
		if (zipkin != null && !instance.name().equals(ObservabilityProgram.ADMIN_SERVER.title())) {
			environment.put(PROFILES, LOCAL + ",tracing");
			environment.put("PLATFORM_ZIPKIN_ENDPOINT", zipkin.url() + "/api/v2/spans");
		}
		environment.put("PLATFORM_INSTANCE", instance.instance());
		hand(environment, "PLATFORM_MANAGEMENT_PASSWORD");
		environment.put("SERVER_PORT", Integer.toString(instance.port()));
		if (instance.managementPort() != null) {
			environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(instance.managementPort()));
		}
		return environment;
	}

	private static void put(Map<String, String> environment, Map<String, String> properties) {
		properties
			.forEach((property, value) -> environment.put(property.replace('.', '_').toUpperCase(Locale.ROOT), value));
	}

	private void hand(Map<String, String> environment, String secret) {
		environment.put(secret, this.secrets.get(secret));
	}

}
