/**
 * Tests of orders and lists of orders.
 */
@NullMarked
package io.microplatform.acceptance.order;

import org.jspecify.annotations.NullMarked;
