/**
 * OCI images of the platform's programs, built without a Docker daemon.
 */
@NullMarked
package io.microplatform.image;

import org.jspecify.annotations.NullMarked;
