/**
 * Rate limits that all instances of an application share.
 */
@NullMarked
package io.microplatform.instance.limit;

import org.jspecify.annotations.NullMarked;
