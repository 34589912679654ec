package io.microplatform.cli;

import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.microplatform.lab.platform.RemotePlatform;

/**
 * The options that name a platform elsewhere, such as in containers, instead of the one
 * of this checkout.
 */
final class PlatformLocation {

	@Option(names = "--base-url", paramLabel = "URL",
			description = "the gateway of a platform elsewhere, as in http://127.0.0.1:8080, instead of the platform of"
					+ " this checkout")
	private @Nullable String baseUrl;

	@Option(names = "--database", paramLabel = "HOST:PORT", description = "PostgreSQL of that platform")
	private @Nullable String database;

	@Option(names = "--kafka", paramLabel = "HOST:PORT", description = "a Kafka broker of that platform")
	private @Nullable String kafka;

	@Option(names = "--secrets", paramLabel = "PATH",
			description = "secrets of that platform: a file such as secrets.env, or a directory with a file for each")
	private @Nullable Path secrets;

	@Spec(Spec.Target.MIXEE)
	private CommandSpec command;

	/**
	 * The platform elsewhere; empty for that of this checkout.
	 * @throws ParameterException if a value is invalid, or if some are missing
	 */
	Optional<RemotePlatform> remote() {
		if (this.baseUrl == null) {
			if (this.database != null || this.kafka != null || this.secrets != null) {
				throw refusal("--database, --kafka and --secrets require --base-url");
			}
			return Optional.empty();
		}
		try {
			return Optional.of(RemotePlatform.of(this.baseUrl, this.database, this.kafka, this.secrets));
		}
		catch (IllegalArgumentException ex) {
			throw refusal(String.valueOf(ex.getMessage()));
		}
	}

	/** As {@link #remote()}, for a command that reads the stores. */
	Optional<RemotePlatform> remoteWithStores() {
		Optional<RemotePlatform> remote = remote();
		if (remote.isPresent() && !remote.get().hasStores()) {
			throw refusal("--base-url requires --database, --kafka and --secrets here");
		}
		return remote;
	}

	private ParameterException refusal(String message) {
		return new ParameterException(this.command.commandLine(), message);
	}

}
