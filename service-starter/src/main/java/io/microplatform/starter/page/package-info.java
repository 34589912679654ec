/**
 * Lists that are read page by page.
 */
@NullMarked
package io.microplatform.starter.page;

import org.jspecify.annotations.NullMarked;
