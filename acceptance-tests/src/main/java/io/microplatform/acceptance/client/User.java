package io.microplatform.acceptance.client;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * A user as the platform shows it.
 *
 * @param id the id
 * @param name the name
 * @param email the e-mail address
 * @param creditLimit what the user may owe at most; absent in the answer to a
 * registration
 * @param creditAvailable what of it is not reserved; absent like the limit
 */
public record User(long id, String name, String email, @Nullable BigDecimal creditLimit,
		@Nullable BigDecimal creditAvailable) {
}
