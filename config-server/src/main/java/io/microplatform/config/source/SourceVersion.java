package io.microplatform.config.source;

import java.util.List;

import io.microplatform.configfiles.FileNote;

/**
 * The newest version of the configuration at a {@link VersionSource}.
 *
 * @param version its name
 * @param problems why it is not a valid version; then no snapshot of it is stored
 * @param leftOut files that look like configuration but are not read
 */
public record SourceVersion(String version, List<FileNote> problems, List<FileNote> leftOut) {
}
