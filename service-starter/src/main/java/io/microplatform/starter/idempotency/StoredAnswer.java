package io.microplatform.starter.idempotency;

/**
 * The record of one idempotency key.
 *
 * @param fingerprint of the request that the key came with first
 * @param given whether the answer is final: a client has got it, or is about to
 * @param answer the answer
 */
record StoredAnswer(String fingerprint, boolean given, Answer answer) {
}
