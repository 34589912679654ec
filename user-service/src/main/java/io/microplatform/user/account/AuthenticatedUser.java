package io.microplatform.user.account;

import java.util.List;

/**
 * A user who has logged in.
 *
 * @param id the user's id
 * @param roles as tokens say them
 */
public record AuthenticatedUser(long id, List<String> roles) {
}
