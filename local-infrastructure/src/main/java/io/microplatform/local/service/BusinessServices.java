package io.microplatform.local.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.microplatform.local.file.Directories;

/**
 * The business services of a checkout: its directories with a file
 * {@value BusinessService#FILE}. Those that every platform has come first, and the others
 * follow in alphabetical order.
 *
 * @param all the services
 */
public record BusinessServices(List<BusinessService> all) {

	/** The names of the services that every platform has, in their order. */
	public static final List<String> BUILT_IN = List.of("user-service", "order-service");

	private static final Comparator<BusinessService> ORDER = Comparator
		.comparingInt((BusinessService service) -> rank(service.name()))
		.thenComparing(BusinessService::name);

	/** For what concerns no service. */
	public static final BusinessServices NONE = new BusinessServices(List.of());

	public BusinessServices {
		all = all.stream().sorted(ORDER).toList();
	}

	/**
	 * Reads the services of a checkout.
	 * @param root the checkout
	 * @throws IOException when a file cannot be read or is invalid, naming the file and
	 * what is wrong with it
	 */
	public static BusinessServices in(Path root) throws IOException {
		List<BusinessService> found = new ArrayList<>();
		for (Path directory : Directories.list(root)) {
			Path file = directory.resolve(BusinessService.FILE);
			if (Files.isRegularFile(file)) {
				found.add(BusinessService.read(file));
			}
		}
		BusinessServices services = new BusinessServices(found);
		services.check(root);
		return services;
	}

	private static int rank(String name) {
		int index = BUILT_IN.indexOf(name);
		return (index < 0) ? BUILT_IN.size() : index;
	}

	private void check(Path root) throws IOException {
		List<String> topics = topics();
		for (BusinessService service : this.all) {
			Path file = root.resolve(service.name()).resolve(BusinessService.FILE);
			for (String topic : service.consumes()) {
				if (!topics.contains(topic)) {
					throw new IOException("%s: topic '%s' in kafka.consumes is produced by no service: there are %s"
						.formatted(file, topic, listed(topics)));
				}
			}
			for (String other : names()) {
				// A service may use every consumer group that begins with its name.
				if (other.startsWith(service.name()) && !other.equals(service.name())) {
					throw new IOException("%s: invalid service name '%s': the name of %s must not begin with it"
						.formatted(file, service.name(), other));
				}
			}
		}
	}

	/** The names of the services. */
	public List<String> names() {
		return this.all.stream().map(BusinessService::name).toList();
	}

	public boolean contains(String name) {
		return names().contains(name);
	}

	/** The topics that the services produce, without those of dead letters. */
	public List<String> topics() {
		return this.all.stream().flatMap((service) -> service.produces().stream()).distinct().toList();
	}

	/** The names as a part of a sentence. */
	@Override
	public String toString() {
		return listed(names());
	}

	private static String listed(List<String> names) {
		if (names.size() < 2) {
			return names.isEmpty() ? "none" : names.getFirst();
		}
		return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
	}

}
