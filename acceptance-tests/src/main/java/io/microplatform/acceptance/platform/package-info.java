/**
 * Where the processes of a running platform are, and how operators get in.
 */
@NullMarked
package io.microplatform.acceptance.platform;

import org.jspecify.annotations.NullMarked;
