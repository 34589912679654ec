package io.microplatform.config.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

import io.microplatform.config.source.SourceVersion;
import io.microplatform.config.source.VersionSource;
import io.microplatform.configfiles.ConfigFiles;
import io.microplatform.configfiles.FileNote;
import io.microplatform.configfiles.SnapshotStore;

/**
 * A directory whose present contents are a version, named by their hash. Edits in
 * progress reach no instance: a version is read only at the first start and on request.
 */
class DirectorySource implements VersionSource {

	private final Path directory;

	private final SnapshotStore snapshots;

	DirectorySource(Path directory, SnapshotStore snapshots) {
		this.directory = directory;
		this.snapshots = snapshots;
	}

	@Override
	public String name() {
		return this.directory.toString();
	}

	/** Stores valid files only. */
	@Override
	public SourceVersion newest() {
		ConfigFiles files = files();
		if (!files.hasShared()) {
			return new SourceVersion("", List.of(new FileNote(ConfigFiles.SHARED, "is missing")), files.leftOut());
		}
		if (files.problems().isEmpty()) {
			this.snapshots.store(files.version(), files.contents());
		}
		return new SourceVersion(files.version(), files.problems(), files.leftOut());
	}

	private ConfigFiles files() {
		try {
			return ConfigFiles.in(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A restarted server continues with what is published, whatever the files are now.
	 */
	@Override
	public boolean isOf(String version) {
		return true;
	}

}
