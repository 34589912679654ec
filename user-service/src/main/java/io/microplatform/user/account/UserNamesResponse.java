package io.microplatform.user.account;

import java.util.List;

/**
 * Body of the response to {@code GET /users/names}.
 *
 * @param items the users that exist
 */
record UserNamesResponse(List<UserName> items) {
}
