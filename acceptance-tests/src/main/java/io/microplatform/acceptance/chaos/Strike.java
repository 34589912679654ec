package io.microplatform.acceptance.chaos;

import java.time.Duration;
import java.util.List;

/**
 * A fault that has struck.
 *
 * @param fault the fault
 * @param instances whom it struck
 * @param at since the beginning
 * @param recovery from the kill, or the end of the pause, until a new order was confirmed
 */
record Strike(Fault fault, List<String> instances, Duration at, Duration recovery) {
}
