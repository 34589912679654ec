/**
 * Credit: reserved for orders, and released.
 */
@NullMarked
package io.microplatform.user.credit;

import org.jspecify.annotations.NullMarked;
