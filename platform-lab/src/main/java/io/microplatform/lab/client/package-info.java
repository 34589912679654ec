/**
 * Client of the public HTTP API, which reaches the platform only through the gateway.
 */
@NullMarked
package io.microplatform.lab.client;

import org.jspecify.annotations.NullMarked;
