/**
 * Tests that the documentation matches the code.
 */
@NullMarked
package io.microplatform.acceptance.documentation;

import org.jspecify.annotations.NullMarked;
