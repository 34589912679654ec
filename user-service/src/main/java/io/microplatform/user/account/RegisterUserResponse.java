package io.microplatform.user.account;

/**
 * The answer to {@code POST /users}.
 */
record RegisterUserResponse(long id, String name, String email) {
}
