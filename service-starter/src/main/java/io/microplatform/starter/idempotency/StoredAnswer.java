package io.microplatform.starter.idempotency;

/**
 * What is known under a key.
 *
 * @param fingerprint of the request that the key came with first
 * @param given whether somebody has got the answer, or is about to; then it never changes
 * @param answer the answer
 */
record StoredAnswer(String fingerprint, boolean given, Answer answer) {
}
