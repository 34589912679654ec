/**
 * Shared secrets: their validation at startup, their comparison, and the security of the
 * servers that use them.
 */
@NullMarked
package io.microplatform.instance.secret;

import org.jspecify.annotations.NullMarked;
