package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Path;

import io.microplatform.local.service.BusinessServices;
import org.jspecify.annotations.Nullable;

/**
 * The business services of the checkout, which a command reads once, when it first needs
 * them. Not thread-safe.
 */
final class ServiceCatalog {

	private final Path root;

	private @Nullable BusinessServices services;

	ServiceCatalog(Path root) {
		this.root = root;
	}

	/**
	 * The services.
	 * @throws IOException when the file of one is invalid
	 */
	BusinessServices services() throws IOException {
		BusinessServices known = this.services;
		if (known == null) {
			known = BusinessServices.in(this.root);
			this.services = known;
		}
		return known;
	}

}
