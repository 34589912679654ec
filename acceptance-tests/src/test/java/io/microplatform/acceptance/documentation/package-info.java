/**
 * Tests that compare the documentation with the code.
 */
@NullMarked
package io.microplatform.acceptance.documentation;

import org.jspecify.annotations.NullMarked;
