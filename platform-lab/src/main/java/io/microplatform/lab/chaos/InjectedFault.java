package io.microplatform.lab.chaos;

import java.time.Duration;
import java.util.List;

/**
 * A fault that was injected.
 *
 * @param fault the fault
 * @param instances the affected instances
 * @param at the time since the start of the run
 * @param recovery the time from the kill, or from the end of the pause, until a new order
 * was confirmed
 */
record InjectedFault(Fault fault, List<String> instances, Duration at, Duration recovery) {
}
