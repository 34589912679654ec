package io.microplatform.configfiles;

import java.nio.file.Path;

/**
 * A version of the configuration as immutable files.
 *
 * @param version the hash of its contents, or the commit it was made from
 * @param directory the directory of its files
 */
public record Snapshot(String version, Path directory) {
}
