/**
 * What operators look at: metrics, dashboards and alerts.
 */
@NullMarked
package io.microplatform.acceptance.observability;

import org.jspecify.annotations.NullMarked;
