/**
 * What the acceptance tests see of the platform from outside.
 */
@NullMarked
package io.microplatform.acceptance.platform;

import org.jspecify.annotations.NullMarked;
