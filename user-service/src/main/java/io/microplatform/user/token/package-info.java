/**
 * Access tokens and the keys that sign them.
 */
@NullMarked
package io.microplatform.user.token;

import org.jspecify.annotations.NullMarked;
