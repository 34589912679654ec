/**
 * Faults under load: processes are killed and paused by a schedule that can be repeated,
 * while clients go on, and afterwards the books are audited.
 */
@NullMarked
package io.microplatform.acceptance.chaos;

import org.jspecify.annotations.NullMarked;
