/**
 * Fields of log lines.
 */
@NullMarked
package io.microplatform.starter.log;

import org.jspecify.annotations.NullMarked;
