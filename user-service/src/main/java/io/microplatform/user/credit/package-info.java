/**
 * Credit: reserved for orders, and given back.
 */
@NullMarked
package io.microplatform.user.credit;

import org.jspecify.annotations.NullMarked;
