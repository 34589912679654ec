/**
 * Tests of the access to a running platform.
 */
@NullMarked
package io.microplatform.lab.platform;

import org.jspecify.annotations.NullMarked;
