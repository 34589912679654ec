/**
 * The images of the services.
 */
@NullMarked
package io.microplatform.acceptance.image;

import org.jspecify.annotations.NullMarked;
