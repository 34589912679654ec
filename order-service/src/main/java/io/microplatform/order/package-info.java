/**
 * Orders: placed by users, confirmed or rejected by their credit, and cancelled.
 */
@NullMarked
package io.microplatform.order;

import org.jspecify.annotations.NullMarked;
