package io.microplatform.acceptance.bench;

import io.microplatform.acceptance.load.Latencies;

/**
 * How long orders took.
 *
 * @param accepted from the request until it was answered that the order is accepted
 * @param confirmed from then until its buyer saw that it is confirmed
 */
record OrderTimes(Latencies accepted, Latencies confirmed) {
}
