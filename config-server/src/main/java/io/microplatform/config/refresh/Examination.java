package io.microplatform.config.refresh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.microplatform.config.snapshot.Snapshot;
import io.microplatform.instance.configuration.Problem;
import io.microplatform.instance.configuration.Report;
import org.yaml.snakeyaml.error.YAMLException;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.cloud.config.server.environment.EnvironmentRepository;
import org.springframework.core.io.FileSystemResource;
import org.springframework.stereotype.Component;

/**
 * Finds out whether a version could be taken, without changing anything. An instance of
 * each service is asked: it alone has the types of its properties, and knows which of
 * them are read by anybody. Thread-safe.
 */
@Component
class Examination {

	private static final String FILE = ".yml";

	private static final String OF_ALL = "application";

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
	 * @return what is wrong with the version; empty when it can be taken
	 */
	List<Problem> problems(Snapshot snapshot, Collection<Instance> instances) {
		Set<Problem> problems = new LinkedHashSet<>(unreadable(snapshot));
		if (!problems.isEmpty()) {
			return List.copyOf(problems);
		}
		Map<String, Set<String>> unknown = new TreeMap<>();
		for (String service : services(snapshot, instances)) {
			List<Instance> able = instances.stream().filter((instance) -> instance.service().equals(service)).toList();
			Report report = ask(service, able, snapshot.version());
			problems.addAll(report.problems());
			unknown.put(service, report.unknown());
		}
		if (problems.isEmpty()) {
			unknown(snapshot, unknown)
				.forEach((property) -> problems.add(new Problem(property, "is no property that anybody knows")));
		}
		return List.copyOf(problems);
	}

	private static List<Problem> unreadable(Snapshot snapshot) {
		List<Problem> problems = new ArrayList<>();
		for (Path file : files(snapshot)) {
			try {
				new YamlPropertySourceLoader().load(file.getFileName().toString(), new FileSystemResource(file));
			}
			catch (IOException | YAMLException | IllegalStateException ex) {
				problems.add(new Problem(file.getFileName().toString(),
						"is not valid YAML: " + String.valueOf(ex.getMessage()).replaceAll("\\s+", " ").strip()));
			}
		}
		return problems;
	}

	private static List<Path> files(Snapshot snapshot) {
		try (Stream<Path> files = Files.list(snapshot.directory())) {
			return files.filter((file) -> file.toString().endsWith(FILE)).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Set<String> services(Snapshot snapshot, Collection<Instance> instances) {
		Set<String> services = new TreeSet<>();
		instances.forEach((instance) -> services.add(instance.service()));
		files(snapshot).stream()
			.map((file) -> file.getFileName().toString())
			.map((name) -> name.substring(0, name.length() - FILE.length()))
			.filter((name) -> !name.equals(OF_ALL))
			.forEach(services::add);
		return services;
	}

	private Report ask(String service, List<Instance> able, String version) {
		List<String> silence = new ArrayList<>();
		for (Instance instance : able) {
			try {
				return this.line.check(instance, version);
			}
			catch (IOException ex) {
				silence.add(ex.getMessage());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("interrupted while an instance checked", ex);
			}
		}
		return new Report(Report.Result.REFUSED, "", version, Set.of(),
				List.of(new Problem(service, "no instance is there that could check its properties " + silence)),
				Set.of());
	}

	/** What no service knows of those to which it is served. */
	private Set<String> unknown(Snapshot snapshot, Map<String, Set<String>> unknown) {
		Set<String> all = new TreeSet<>();
		unknown.values().forEach(all::addAll);
		unknown.forEach((service, itsUnknown) -> {
			Set<String> known = new HashSet<>();
			this.repository.findOne(service, "default", snapshot.version())
				.getPropertySources()
				.forEach((source) -> source.getSource().keySet().forEach((key) -> known.add(String.valueOf(key))));
			known.removeAll(itsUnknown);
			all.removeAll(known);
		});
		return all;
	}

}
