package io.microplatform.config.git;

import java.util.List;

import io.microplatform.configfiles.FileNote;

/**
 * A version of the configuration from a commit.
 *
 * @param version its name
 * @param problems why it is not a valid version; then there is no snapshot of it
 * @param leftOut files of the commit that look like configuration but are not read
 */
record GitVersion(String version, List<FileNote> problems, List<FileNote> leftOut) {
}
