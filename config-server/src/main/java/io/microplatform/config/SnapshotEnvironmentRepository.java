package io.microplatform.config;

import java.util.regex.Pattern;

import io.micrometer.observation.ObservationRegistry;
import io.microplatform.config.PublishedSnapshots.Snapshot;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.config.environment.Environment;
import org.springframework.cloud.config.server.environment.EnvironmentRepository;
import org.springframework.cloud.config.server.environment.NativeEnvironmentProperties;
import org.springframework.cloud.config.server.environment.NativeEnvironmentRepository;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Serves each request from one published snapshot, whose hash is the version of the
 * answer. An application without a file of its own gets {@code application.yml}; nobody
 * ever gets an empty configuration. Safe for use by several threads.
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
		if (!NAMES.matcher(application).matches() || !NAMES.matcher(profile).matches() || StringUtils.hasText(label)) {
			throw new IllegalArgumentException("There is one label, and names are made of a-z, 0-9 and -");
		}
		Snapshot snapshot = this.snapshots.current();
		Environment found = repository(snapshot).findOne(application, profile, label, includeOrigin);
		if (found.getPropertySources().isEmpty()) {
			throw new NoSnapshotException("snapshot " + snapshot.hash() + " was removed while it was read");
		}
		return found;
	}

	private NativeEnvironmentRepository repository(Snapshot snapshot) {
		NativeEnvironmentProperties properties = new NativeEnvironmentProperties();
		properties.setSearchLocations(new String[] { snapshot.directory().toUri().toString() });
		properties.setAddLabelLocations(false);
		properties.setVersion(snapshot.hash());
		return new NativeEnvironmentRepository(this.environment, properties, ObservationRegistry.NOOP);
	}

}
