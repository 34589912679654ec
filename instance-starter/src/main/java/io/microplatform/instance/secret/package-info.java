/**
 * Passwords and keys that must not be guessed: what they must be like, and how they are
 * compared.
 */
@NullMarked
package io.microplatform.instance.secret;

import org.jspecify.annotations.NullMarked;
