package io.microplatform.user.account;

/**
 * The status of an account. Only an active user can log in and place orders; to its
 * owner, a closed account does not exist.
 */
enum Status {

	ACTIVE, SUSPENDED, CLOSED

}
