/**
 * What every call owes to HTTP, whatever it is about.
 */
@NullMarked
package io.microplatform.acceptance.http;

import org.jspecify.annotations.NullMarked;
