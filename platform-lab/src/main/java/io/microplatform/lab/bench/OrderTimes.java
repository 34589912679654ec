package io.microplatform.lab.bench;

import io.microplatform.lab.load.Latencies;

/**
 * Latencies of orders.
 *
 * @param accepted the time from the request to the acceptance
 * @param confirmed the time from the acceptance until the user saw the confirmation
 */
record OrderTimes(Latencies accepted, Latencies confirmed) {
}
