package io.microplatform.config.snapshot;

import java.nio.file.Path;

/**
 * All configuration as it was at one moment.
 *
 * @param version the hash of its contents
 * @param directory where its files are
 */
public record Snapshot(String version, Path directory) {
}
