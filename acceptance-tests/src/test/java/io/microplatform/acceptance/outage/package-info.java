/**
 * Parts of the platform that die, hang or stay away, and what the others make of it.
 */
@NullMarked
package io.microplatform.acceptance.outage;

import org.jspecify.annotations.NullMarked;
