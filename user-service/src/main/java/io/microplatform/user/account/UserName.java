package io.microplatform.user.account;

/**
 * Id and name of a user, for administrators.
 */
record UserName(long id, String name) {
}
