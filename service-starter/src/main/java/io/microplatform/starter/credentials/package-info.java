/**
 * What a service needs to know to be let in by the others.
 */
@NullMarked
package io.microplatform.starter.credentials;

import org.jspecify.annotations.NullMarked;
