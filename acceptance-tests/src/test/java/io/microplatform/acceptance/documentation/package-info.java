/**
 * What the documents say, held against the code.
 */
@NullMarked
package io.microplatform.acceptance.documentation;

import org.jspecify.annotations.NullMarked;
