/**
 * The language and time zone of an instance.
 */
@NullMarked
package io.microplatform.instance.locale;

import org.jspecify.annotations.NullMarked;
