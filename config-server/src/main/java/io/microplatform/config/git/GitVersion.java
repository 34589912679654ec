package io.microplatform.config.git;

import java.util.List;

import io.microplatform.configfiles.FileNote;

/**
 * A commit as a version of the configuration.
 *
 * @param version its name
 * @param problems why it cannot be one; then there is no snapshot of it
 * @param leftOut the files of the commit that look like configuration and are not read
 */
record GitVersion(String version, List<FileNote> problems, List<FileNote> leftOut) {
}
