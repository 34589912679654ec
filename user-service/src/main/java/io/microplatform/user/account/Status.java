package io.microplatform.user.account;

/**
 * Whether an account can be used. Only an active one can log in and place orders; a
 * closed one is, for its owner, not there any more.
 */
enum Status {

	ACTIVE, SUSPENDED, CLOSED

}
