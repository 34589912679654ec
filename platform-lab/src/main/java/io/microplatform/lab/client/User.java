package io.microplatform.lab.client;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * A user in the representation of the public API.
 *
 * @param id the user's id
 * @param name the name
 * @param email the e-mail address
 * @param creditLimit the maximum amount of credit; null in the response to a registration
 * @param creditAvailable the part of the limit that is not reserved; null in the response
 * to a registration
 */
public record User(long id, String name, String email, @Nullable BigDecimal creditLimit,
		@Nullable BigDecimal creditAvailable) {
}
