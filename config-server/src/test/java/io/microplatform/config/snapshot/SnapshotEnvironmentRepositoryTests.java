package io.microplatform.config.snapshot;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.microplatform.configfiles.Publication;
import io.microplatform.configfiles.SnapshotStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.cloud.config.environment.PropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class SnapshotEnvironmentRepositoryTests {

	@ParameterizedTest
	@ValueSource(strings = { "plain", "Jürgen, x", "a;b", "a*", "100% + #1?", "{application}" })
	void theDirectoryCanHaveAnyName(String name, @TempDir Path directory) {
		SnapshotStore snapshots = new SnapshotStore(directory.resolve(name));
		snapshots.store("v1", Map.of("application.yml", "a: 1".getBytes(StandardCharsets.UTF_8)));
		snapshots.publish(new Publication(Instant.now(), "v1", "ann", "up"));
		SnapshotEnvironmentRepository repository = new SnapshotEnvironmentRepository(snapshots,
				new StandardEnvironment());
		assertThat(repository.findOne("order-service", "default", null).getPropertySources()).singleElement()
			.satisfies((source) -> assertThat(source.getSource().get("a")).hasToString("1"));
	}

	@Test
	void theDocumentOfAProfileIsServedOnlyToItsInstancesAndHasPrecedence(@TempDir Path directory) {
		SnapshotStore snapshots = new SnapshotStore(directory);
		snapshots.store("v1", Map.of("application.yml",
				"a: 1\n---\nspring.config.activate.on-profile: tracing\na: 2\n".getBytes(StandardCharsets.UTF_8)));
		snapshots.publish(new Publication(Instant.now(), "v1", "ann", "up"));
		SnapshotEnvironmentRepository repository = new SnapshotEnvironmentRepository(snapshots,
				new StandardEnvironment());
		assertThat(repository.findOne("order-service", "local", null).getPropertySources()).singleElement()
			.satisfies((source) -> assertThat(source.getSource().get("a")).hasToString("1"));
		List<PropertySource> sources = repository.findOne("order-service", "local,tracing", null).getPropertySources();
		assertThat(sources.getFirst().getSource().get("a")).hasToString("2");
		// An instance keeps only one of two sources with the same name.
		assertThat(sources).extracting(PropertySource::getName).hasSize(2).doesNotHaveDuplicates();
	}

}
