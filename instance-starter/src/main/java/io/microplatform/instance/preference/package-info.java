/**
 * The header {@code Prefer}, as the gateway and the services read it.
 */
@NullMarked
package io.microplatform.instance.preference;

import org.jspecify.annotations.NullMarked;
