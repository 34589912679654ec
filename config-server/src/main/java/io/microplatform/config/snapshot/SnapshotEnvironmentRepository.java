package io.microplatform.config.snapshot;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import io.micrometer.observation.ObservationRegistry;
import io.microplatform.configfiles.NoSnapshotException;
import io.microplatform.configfiles.Snapshot;
import io.microplatform.configfiles.SnapshotStore;
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
 * An {@link EnvironmentRepository} that serves each request from one snapshot, whose
 * version is the version of the answer: the published snapshot, or the one that the label
 * names. An application without a file of its own gets {@code application.yml}; an empty
 * configuration is never served. Thread-safe.
 */
@Component
public class SnapshotEnvironmentRepository implements EnvironmentRepository {

	// Names become file names.
	private static final Pattern NAMES = Pattern.compile("[a-z0-9-]+(,[a-z0-9-]+)*");

	private final SnapshotStore snapshots;

	private final ConfigurableEnvironment environment;

	private volatile @Nullable String refusal;

	SnapshotEnvironmentRepository(SnapshotStore snapshots, ConfigurableEnvironment environment) {
		this.snapshots = snapshots;
		this.environment = environment;
	}

	/**
	 * Refuses requests as long as no snapshot is published, instead of letting instances
	 * wait for the first one.
	 * @param reason why the first snapshot cannot be published
	 */
	public void refuse(String reason) {
		this.refusal = reason;
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
		Snapshot snapshot = StringUtils.hasText(label) ? this.snapshots.get(label) : published();
		Environment found = read(snapshot, application, profile, includeOrigin);
		if (found.getPropertySources().isEmpty()) {
			if (Files.exists(snapshot.directory())) {
				throw new RefusedSnapshotException("version %s has no properties for %s with the profile %s"
					.formatted(snapshot.version(), application, profile));
			}
			throw new NoSnapshotException("snapshot %s was deleted while it was read".formatted(snapshot.version()));
		}
		return found;
	}

	private Snapshot published() {
		try {
			return this.snapshots.current();
		}
		catch (NoSnapshotException ex) {
			@Nullable String reason = this.refusal;
			throw (reason != null) ? new RefusedSnapshotException(reason) : ex;
		}
	}

	private Environment read(Snapshot snapshot, String application, String profile, boolean includeOrigin) {
		try {
			return repository(snapshot).findOne(application, profile, null, includeOrigin);
		}
		catch (RuntimeException ex) {
			// Without its cause, for which Spring Cloud's controller would answer 500.
			throw new RefusedSnapshotException("version %s cannot be read: %s".formatted(snapshot.version(),
					NestedExceptionUtils.getMostSpecificCause(ex).toString().replaceAll("\\s+", " ").strip()));
		}
	}

	private NativeEnvironmentRepository repository(Snapshot snapshot) {
		NativeEnvironmentProperties properties = new NativeEnvironmentProperties();
		properties.setSearchLocations(new String[] { location(snapshot.directory()) });
		properties.setAddLabelLocations(false);
		properties.setVersion(snapshot.version());
		return new NativeEnvironmentRepository(this.environment, properties, ObservationRegistry.NOOP);
	}

	/**
	 * The URI of the directory. Spring Boot would read commas and semicolons as the end
	 * of a location, and an asterisk as a pattern.
	 */
	private static String location(Path directory) {
		return directory.toUri().toString().replace(",", "%2C").replace(";", "%3B").replace("*", "%2A");
	}

}
