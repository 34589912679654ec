package io.microplatform.config.snapshot;

import java.nio.file.Files;
import java.util.regex.Pattern;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.config.environment.Environment;
import org.springframework.cloud.config.server.environment.EnvironmentRepository;
import org.springframework.cloud.config.server.environment.NativeEnvironmentProperties;
import org.springframework.cloud.config.server.environment.NativeEnvironmentRepository;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Serves each request from one snapshot, whose hash is the version of the answer: the
 * published one, or that of the version which is asked for as label. An application
 * without a file of its own gets {@code application.yml}; nobody ever gets an empty
 * configuration. Safe for use by several threads.
 */
@Component
class SnapshotEnvironmentRepository implements EnvironmentRepository {

	// Names become file names.
	private static final Pattern NAMES = Pattern.compile("[a-z0-9-]+(,[a-z0-9-]+)*");

	private final PublishedSnapshots snapshots;

	private final ConfigurableEnvironment environment;

	SnapshotEnvironmentRepository(PublishedSnapshots snapshots, ConfigurableEnvironment environment) {
		this.snapshots = snapshots;
		this.environment = environment;
	}

	@Override
	public Environment findOne(String application, String profile, @Nullable String label) {
		return findOne(application, profile, label, false);
	}

	@Override
	public Environment findOne(String application, String profile, @Nullable String label, boolean includeOrigin) {
		if (!NAMES.matcher(application).matches() || !NAMES.matcher(profile).matches()) {
			throw new IllegalArgumentException("Names are made of a-z, 0-9 and -");
		}
		Snapshot snapshot = StringUtils.hasText(label) ? this.snapshots.of(label) : this.snapshots.current();
		Environment found = read(snapshot, application, profile, includeOrigin);
		if (found.getPropertySources().isEmpty()) {
			if (Files.exists(snapshot.directory())) {
				throw new RefusedSnapshotException("version %s has no properties for %s with the profile %s"
					.formatted(snapshot.version(), application, profile));
			}
			throw new NoSnapshotException("snapshot " + snapshot.version() + " was removed while it was read");
		}
		return found;
	}

	private Environment read(Snapshot snapshot, String application, String profile, boolean includeOrigin) {
		try {
			return repository(snapshot).findOne(application, profile, null, includeOrigin);
		}
		catch (RuntimeException ex) {
			// Without its cause, of which the controller of Spring Cloud would make a
			// 500.
			throw new RefusedSnapshotException("version %s cannot be read: %s".formatted(snapshot.version(),
					inOneLine(NestedExceptionUtils.getMostSpecificCause(ex))));
		}
	}

	private static String inOneLine(Throwable cause) {
		return cause.toString().replaceAll("\\s+", " ").strip();
	}

	private NativeEnvironmentRepository repository(Snapshot snapshot) {
		NativeEnvironmentProperties properties = new NativeEnvironmentProperties();
		properties.setSearchLocations(new String[] { snapshot.directory().toUri().toString() });
		properties.setAddLabelLocations(false);
		properties.setVersion(snapshot.version());
		return new NativeEnvironmentRepository(this.environment, properties, ObservationRegistry.NOOP);
	}

}
