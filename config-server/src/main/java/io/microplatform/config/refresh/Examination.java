package io.microplatform.config.refresh;

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
import io.microplatform.config.snapshot.Snapshot;
import io.microplatform.configfiles.Audience;
import io.microplatform.configfiles.ConfigFiles;
import io.microplatform.instance.configuration.Problem;
import io.microplatform.instance.configuration.Report;

import org.springframework.cloud.config.server.environment.EnvironmentRepository;
import org.springframework.stereotype.Component;

/**
 * Finds out whether a version could be taken, without changing anything. An instance of
 * each service is asked: it alone has the types of its properties, and knows which of
 * them are read by anybody. Thread-safe.
 */
@Component
class Examination {

	private final DirectLine line;

	private final EnvironmentRepository repository;

	Examination(DirectLine line, EnvironmentRepository repository) {
		this.line = line;
		this.repository = repository;
	}

	/**
	 * Asks one instance of each service.
	 * @param snapshot the version
	 * @param instances all that there are
	 * @param services all of which there has been an instance: one of them that has none
	 * now, and a file of its own, cannot be checked
	 * @return what is wrong with the version, and what was not checked
	 */
	Verdict of(Snapshot snapshot, Collection<Instance> instances, Set<String> services) {
		ConfigFiles files = files(snapshot);
		if (!files.problems().isEmpty()) {
			return new Verdict(Verdict.problems(files.problems()), List.of());
		}
		Set<Problem> problems = new LinkedHashSet<>();
		Map<Audience, Set<String>> unknown = new LinkedHashMap<>();
		for (String service : affected(files, instances, services)) {
			List<Instance> able = instances.stream().filter((instance) -> instance.service().equals(service)).toList();
			Report report = ask(service, able, snapshot.version());
			problems.addAll(report.problems());
			unknown.put(new Audience(service, report.profiles()), report.unknown());
		}
		if (problems.isEmpty()) {
			problems.addAll(unknown(snapshot, unknown));
		}
		return new Verdict(List.copyOf(problems), instances.isEmpty() ? List.of() : files.unread(unknown.keySet()));
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

	private Report ask(String service, List<Instance> able, String version) {
		List<String> silence = new ArrayList<>();
		for (Instance instance : able) {
			try {
				return this.line.check(instance, version);
			}
			catch (IOException ex) {
				silence.add(ex.toString());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("interrupted while an instance checked", ex);
			}
		}
		String why = silence.isEmpty() ? "none is registered" : String.join(", ", silence);
		return new Report(Report.Result.REFUSED, "", version, Set.of(),
				List.of(new Problem(service, "has no instance that could check its properties: " + why)), Set.of(),
				null);
	}

	/** What no service knows of those to which it is served. */
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
		return all.stream().map((property) -> new Problem(property, "is no property that anybody knows")).toList();
	}

	private Set<String> served(Snapshot snapshot, Audience audience) {
		Set<String> served = new HashSet<>();
		this.repository.findOne(audience.service(), String.join(",", audience.profiles()), snapshot.version())
			.getPropertySources()
			.forEach((source) -> source.getSource().keySet().forEach((key) -> served.add(String.valueOf(key))));
		return served;
	}

}
