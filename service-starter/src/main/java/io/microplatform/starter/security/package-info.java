/**
 * Bearer tokens verified by each service itself; deny by default.
 */
@NullMarked
package io.microplatform.starter.security;

import org.jspecify.annotations.NullMarked;
