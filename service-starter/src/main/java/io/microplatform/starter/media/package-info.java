/**
 * What the bodies of requests and answers are: JSON in UTF-8, not compressed.
 */
@NullMarked
package io.microplatform.starter.media;

import org.jspecify.annotations.NullMarked;
