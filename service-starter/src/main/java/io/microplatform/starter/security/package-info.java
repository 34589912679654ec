/**
 * Verification of bearer tokens in each service; deny by default.
 */
@NullMarked
package io.microplatform.starter.security;

import org.jspecify.annotations.NullMarked;
