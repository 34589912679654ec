package io.microplatform.user.account;

/**
 * The answer to a registration.
 */
record RegisteredUser(long id, String name, String email) {
}
