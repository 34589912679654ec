/**
 * Dead letters: messages that a consumer could not process, and the actions on them.
 */
@NullMarked
package io.microplatform.lab.deadletter;

import org.jspecify.annotations.NullMarked;
