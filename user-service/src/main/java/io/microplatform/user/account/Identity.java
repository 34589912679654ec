package io.microplatform.user.account;

import java.util.List;

/**
 * Who has logged in.
 *
 * @param id the user's id
 * @param roles as tokens say them
 */
public record Identity(long id, List<String> roles) {
}
