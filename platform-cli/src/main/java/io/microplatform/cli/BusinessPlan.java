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

/**
 * The instances of the business services, numbered from 1, with their ports. The first
 * instance of each service has fixed ports. The others take the next free pairs, and keep
 * them when they are restarted after a crash. Each instance has the release that was
 * chosen for it, or else the release of the first instance.
 */
final class BusinessPlan {

	/** Of a service for which none was ever named. */
	private static final String USUAL_RELEASE = "1";

	private static final int PORTS_OF_AN_INSTANCE = 2;

	private static final int HIGHEST_PORT = 65534;

	private final PortChoice ports;

	private final RunRecords records;

	private final DesiredReleases releases;

	private final String configVersion;

	private final Set<Integer> taken = new HashSet<>();

	BusinessPlan(PortChoice ports, RunRecords records, DesiredReleases releases, String configVersion) {
		this.ports = ports;
		this.records = records;
		this.releases = releases;
		this.configVersion = configVersion;
	}

	/** All that are wanted, and those that run beyond that. */
	List<Instance> instances(DesiredInstances wanted) throws IOException {
		int first = this.ports.of(Port.SERVICES);
		for (Port port : Port.values()) {
			this.taken.add(this.ports.of(port));
		}
		for (int port = first; port < first + PORTS_OF_AN_INSTANCE * Plan.BUSINESS.size(); port++) {
			this.taken.add(port);
		}
		this.records.all().forEach((entry) -> entry.asInstance().ports().forEach(this.taken::add));
		List<Instance> instances = new ArrayList<>();
		for (String service : Plan.BUSINESS) {
			int fixed = first + PORTS_OF_AN_INSTANCE * Plan.BUSINESS.indexOf(service);
			instances.add(Plan.standing(instance(service, 1, fixed), this.records));
			for (int number = 2; number <= DesiredInstances.MOST; number++) {
				boolean isWanted = number <= wanted.of(service);
				Optional<RunRecord> known = this.records.find(service + "-" + number);
				if (known.filter((entry) -> isWanted || entry.process().isPresent()).isPresent()) {
					instances.add(kept(service, number, known.get()));
				}
				else if (isWanted) {
					instances.add(instance(service, number, freePair()));
				}
			}
		}
		List<Instance> released = new ArrayList<>();
		for (Instance instance : instances) {
			released.add(instance.withRelease(releaseOf(instance.name(), numberOf(instance.instance()))));
		}
		return List.copyOf(released);
	}

	private String releaseOf(String service, int number) throws IOException {
		String instance = service + "-" + number;
		Optional<String> named = this.releases.of(instance);
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
