package io.microplatform.config.rollout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.microplatform.config.snapshot.RefusedSnapshotException;
import io.microplatform.configfiles.Audience;
import io.microplatform.configfiles.ConfigFiles;
import io.microplatform.configfiles.FileNote;
import io.microplatform.configfiles.Snapshot;
import io.microplatform.instance.configuration.ConfigurationReport;
import io.microplatform.instance.configuration.ConfigurationReport.Result;
import io.microplatform.instance.configuration.Problem;

import org.springframework.cloud.config.server.environment.EnvironmentRepository;
import org.springframework.stereotype.Component;

/**
 * Validates a version without applying it. The files must be valid YAML; then one
 * instance of each service checks the properties, because only the service has their
 * types. A property is unknown when none of the services that are served it reads it.
 * Thread-safe.
 */
@Component
class VersionValidator {

	private final InstanceClient client;

	private final EnvironmentRepository repository;

	VersionValidator(InstanceClient client, EnvironmentRepository repository) {
		this.client = client;
		this.repository = repository;
	}

	/**
	 * Validates a version.
	 * @param snapshot the version
	 * @param instances all instances
	 * @param services all services that ever had an instance: one that has none now, but
	 * a file of its own, cannot be validated
	 */
	Validation validate(Snapshot snapshot, Collection<Instance> instances, Set<String> services) {
		ConfigFiles files = files(snapshot);
		if (!files.problems().isEmpty()) {
			return new Validation(problems(files.problems()), List.of(), List.of());
		}
		Set<Problem> problems = new LinkedHashSet<>();
		List<Instance> validators = new ArrayList<>();
		Map<Audience, Set<String>> unknown = new LinkedHashMap<>();
		for (String service : affected(files, instances, services)) {
			ConfigurationReport report = ask(service, instances, snapshot.version(), validators);
			problems.addAll(report.problems());
			unknown.put(new Audience(service, report.profiles()), report.unknown());
		}
		if (problems.isEmpty()) {
			problems.addAll(unknown(snapshot, unknown));
		}
		return new Validation(List.copyOf(problems), instances.isEmpty() ? List.of() : files.unread(unknown.keySet()),
				validators);
	}

	static List<Problem> problems(List<FileNote> files) {
		return files.stream().map((file) -> new Problem(file.file(), file.text())).toList();
	}

	private static ConfigFiles files(Snapshot snapshot) {
		try {
			return ConfigFiles.in(snapshot.directory());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Set<String> affected(ConfigFiles files, Collection<Instance> instances, Set<String> services) {
		Set<String> affected = new TreeSet<>();
		instances.forEach((instance) -> affected.add(instance.service()));
		services.stream().filter((service) -> files.contents().containsKey(service + ".yml")).forEach(affected::add);
		return affected;
	}

	/** The report of the first instance of the service that answers, which is added. */
	private ConfigurationReport ask(String service, Collection<Instance> instances, String version,
			List<Instance> validators) {
		Set<String> unreachable = new LinkedHashSet<>();
		for (Instance instance : instances) {
			if (instance.service().equals(service)) {
				ConfigurationReport report = this.client.validate(instance, version);
				if (report.result() != Result.UNREACHABLE) {
					validators.add(instance);
					return report;
				}
				report.problems().forEach((problem) -> unreachable.add(problem.message()));
			}
		}
		return ConfigurationReport.unreachable(version,
				new Problem(service, "has no instance that could validate its properties: "
						+ (unreachable.isEmpty() ? "none is registered" : String.join(", ", unreachable))));
	}

	private List<Problem> unknown(Snapshot snapshot, Map<Audience, Set<String>> unknown) {
		Set<String> all = new TreeSet<>();
		unknown.values().forEach(all::addAll);
		for (Map.Entry<Audience, Set<String>> service : unknown.entrySet()) {
			try {
				Set<String> known = served(snapshot, service.getKey());
				known.removeAll(service.getValue());
				all.removeAll(known);
			}
			catch (RefusedSnapshotException ex) {
				return List.of(new Problem(service.getKey().service(), String.valueOf(ex.getMessage())));
			}
		}
		return all.stream().map((property) -> new Problem(property, "is not a property of any service")).toList();
	}

	private Set<String> served(Snapshot snapshot, Audience audience) {
		Set<String> served = new HashSet<>();
		this.repository.findOne(audience.service(), String.join(",", audience.profiles()), snapshot.version())
			.getPropertySources()
			.forEach((source) -> source.getSource().keySet().forEach((key) -> served.add(String.valueOf(key))));
		return served;
	}

	/**
	 * The result of a validation.
	 *
	 * @param problems why the version cannot be applied; empty when it can
	 * @param notes files that were not validated, because no instance reads them
	 * @param validators the instances that have validated it, one of each service
	 */
	record Validation(List<Problem> problems, List<FileNote> notes, List<Instance> validators) {
	}

}
