/**
 * Starting, finding and ending operating system processes without ever losing one.
 */
@NullMarked
package io.microplatform.local.process;

import org.jspecify.annotations.NullMarked;
