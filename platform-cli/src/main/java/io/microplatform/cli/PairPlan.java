package io.microplatform.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.microplatform.local.process.Instance;
import org.jspecify.annotations.Nullable;

/**
 * The instances of the servers: one of each, or two with {@code --ha}. The first one has
 * the name of its service.
 */
final class PairPlan {

	static final int BOTH = 2;

	private final PortChoice ports;

	private final Context context;

	PairPlan(PortChoice ports, Context context) {
		this.ports = ports;
		this.context = context;
	}

	List<Instance> discovery() throws IOException {
		return instances(Plan.DISCOVERY, List.of(Port.DISCOVERY, Port.DISCOVERY_2), null, null);
	}

	List<Instance> config(String version) throws IOException {
		return instances(Plan.CONFIG, List.of(Port.CONFIG, Port.CONFIG_2), null, version);
	}

	List<Instance> gateways(String version) throws IOException {
		return instances(Plan.GATEWAY, List.of(Port.GATEWAY, Port.GATEWAY_2),
				List.of(Port.GATEWAY_MANAGEMENT, Port.GATEWAY_2_MANAGEMENT), version);
	}

	private List<Instance> instances(String service, List<Port> servingAt, @Nullable List<Port> managedAt,
			@Nullable String version) throws IOException {
		List<Instance> instances = new ArrayList<>();
		for (int i = 0; i < this.context.wanted().of(service); i++) {
			@Nullable Integer management = (managedAt != null) ? this.ports.of(managedAt.get(i)) : null;
			String instance = (i == 0) ? service : service + "-" + (i + 1);
			instances.add(
					Plan.standing(Plan.service(service, instance, this.ports.of(servingAt.get(i)), management, version),
							this.context.records()));
		}
		return List.copyOf(instances);
	}

}
