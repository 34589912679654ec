package io.microplatform.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.microplatform.local.process.Instance;
import io.microplatform.local.process.Ports;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunRecords;
import io.microplatform.local.service.BusinessServices;

/**
 * The instances of the business services, numbered from 1, with their ports. The first
 * instances of user-service and order-service have fixed ports. All others take the next
 * free pairs, and keep them when they are restarted after a crash. Each instance has the
 * release that was chosen for it, or else the release of the first instance.
 */
final class BusinessPlan {

	/** Of a service for which none was ever named. */
	private static final String USUAL_RELEASE = "1";

	private static final int PORTS_OF_AN_INSTANCE = 2;

	private static final int HIGHEST_PORT = 65534;

	private final PortChoice ports;

	private final Context context;

	private final RunRecords records;

	private final String configVersion;

	private final Set<Integer> taken = new HashSet<>();

	BusinessPlan(PortChoice ports, Context context, String configVersion) {
		this.ports = ports;
		this.context = context;
		this.records = context.records();
		this.configVersion = configVersion;
	}

	/** All that are wanted, and those that run beyond that. */
	List<Instance> instances() throws IOException {
		int first = this.ports.of(Port.SERVICES);
		for (Port port : Port.values()) {
			this.taken.add(this.ports.of(port));
		}
		for (int port = first; port < first + PORTS_OF_AN_INSTANCE * BusinessServices.BUILT_IN.size(); port++) {
			this.taken.add(port);
		}
		this.records.all().forEach((entry) -> entry.asInstance().ports().forEach(this.taken::add));
		DesiredInstances wanted = this.context.wanted();
		List<Instance> instances = new ArrayList<>();
		for (String service : this.context.business().names()) {
			int count = wanted.of(service);
			for (int number = 1; number <= DesiredInstances.MOST; number++) {
				Optional<Instance> instance = find(service, number, number <= count);
				if (instance.isPresent()) {
					instances.add(instance.get().withRelease(releaseOf(service, number)));
				}
			}
		}
		return List.copyOf(instances);
	}

	/** The instance with that number, if it is wanted or runs. */
	private Optional<Instance> find(String service, int number, boolean isWanted) throws IOException {
		int place = BusinessServices.BUILT_IN.indexOf(service);
		if (number == 1 && place >= 0) {
			int fixed = this.ports.of(Port.SERVICES) + PORTS_OF_AN_INSTANCE * place;
			return Optional.of(Plan.standing(instance(service, number, fixed), this.records));
		}
		Optional<RunRecord> known = this.records.find(service + "-" + number);
		if (known.filter((entry) -> isWanted || entry.process().isPresent()).isPresent()) {
			return Optional.of(kept(service, number, known.get()));
		}
		return isWanted ? Optional.of(instance(service, number, freePair())) : Optional.empty();
	}

	private String releaseOf(String service, int number) throws IOException {
		String instance = service + "-" + number;
		Optional<String> named = this.context.releases().of(instance);
		Optional<String> known = named.isPresent() ? named
				: this.records.find(instance).flatMap((entry) -> Optional.ofNullable(entry.release()));
		if (known.isPresent()) {
			return known.get();
		}
		return (number == 1) ? USUAL_RELEASE : releaseOf(service, 1);
	}

	private Instance kept(String service, int number, RunRecord entry) {
		if (entry.process().isPresent()) {
			return entry.asInstance();
		}
		boolean free = entry.asInstance().ports().allMatch(Ports::isFree);
		return instance(service, number, free ? entry.port() : freePair());
	}

	private Instance instance(String service, int number, int port) {
		return Plan.service(service, service + "-" + number, port, port + 1, this.configVersion);
	}

	private int freePair() {
		for (int port = this.ports.of(Port.SERVICES); port < HIGHEST_PORT; port += PORTS_OF_AN_INSTANCE) {
			boolean planned = this.taken.contains(port) || this.taken.contains(port + 1);
			if (!planned && Ports.isFree(port) && Ports.isFree(port + 1)) {
				this.taken.add(port);
				this.taken.add(port + 1);
				return port;
			}
		}
		throw new IllegalStateException(
				String.format(Locale.ROOT, "no pair of ports is free from %d upwards: choose another beginning with %s",
						this.ports.of(Port.SERVICES), Port.SERVICES.variable()));
	}

	/** The number at the end of an instance's name. */
	static int numberOf(String instance) {
		return Integer.parseInt(instance.substring(instance.lastIndexOf('-') + 1));
	}

}
