/**
 * The credentials with which a service connects to its servers.
 */
@NullMarked
package io.microplatform.starter.credentials;

import org.jspecify.annotations.NullMarked;
