package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.microplatform.local.service.BusinessService;

/**
 * The descriptions of the business services of a checkout that a test makes.
 */
final class ServiceFiles {

	private ServiceFiles() {
	}

	/** Writes those of the services that every platform has. */
	static void write(Path root) throws IOException {
		write(root, "user-service", "kafka.consumes = orders\nkafka.produces = credit\n");
		write(root, "order-service", "kafka.consumes = credit\nkafka.produces = orders\n");
	}

	static void write(Path root, String service, String content) throws IOException {
		Path directory = Files.createDirectories(root.resolve(service));
		Files.writeString(directory.resolve(BusinessService.FILE), content);
	}

}
