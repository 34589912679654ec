/**
 * Orders: placed by people, decided by their credit.
 */
@NullMarked
package io.microplatform.order;

import org.jspecify.annotations.NullMarked;
