/**
 * Files and directories that are whole after a power failure, and archives of them.
 */
@NullMarked
package io.microplatform.local.file;

import org.jspecify.annotations.NullMarked;
