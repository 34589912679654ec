/**
 * Logins, and their protection against password guessing.
 */
@NullMarked
package io.microplatform.user.login;

import org.jspecify.annotations.NullMarked;
