/**
 * Tests of the platform in containers.
 */
@NullMarked
package io.microplatform.acceptance.container;

import org.jspecify.annotations.NullMarked;
