/**
 * Two users, one platform.
 */
@NullMarked
package io.microplatform.acceptance.isolation;

import org.jspecify.annotations.NullMarked;
