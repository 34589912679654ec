package io.microplatform.instance.secret;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class RequiredSecretTests {

	private static final RequiredSecret PASSWORD = new RequiredSecret("platform.redis.password");

	@ParameterizedTest
	@ValueSource(strings = { "sixteen-letters!", "d1bf6f9b0e1c2a34", "correct horse battery staple",
			"9aQpasswordX7changemeZZ" })
	void whatCannotBeGuessedIsAccepted(String value) {
		assertThatNoException().isThrownBy(() -> check(PASSWORD, value));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "${PLATFORM_REDIS_PASSWORD}" })
	void whatIsNotGivenIsMissing(String value) {
		assertUnsafe(value, "platform.redis.password is missing");
	}

	@Test
	void whatIsNotThereIsMissing() {
		assertThatExceptionOfType(UnsafeSecretException.class)
			.isThrownBy(() -> RequiredSecret.checkAll(List.of(PASSWORD), (property) -> null))
			.withMessage("platform.redis.password is missing");
	}

	@ParameterizedTest
	@ValueSource(strings = { "password", "changeme", "Change-Me-Please-1234", "admin", "PasswordPassword!",
			"secret_secret_secret_secret", "microplatform-default-password" })
	void whatEverybodyTriesFirstIsRefusedHoweverLong(String value) {
		assertUnsafe(value, "platform.redis.password is a well-known default");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "fifteen-letters" })
	void whatIsShortIsRefused(String value) {
		assertUnsafe(value, "platform.redis.password has fewer than 16 characters");
	}

	@Test
	void someMustBeLonger() {
		assertThatExceptionOfType(UnsafeSecretException.class)
			.isThrownBy(
					() -> check(new RequiredSecret("platform.tokens.secret", 32), "thirty-one characters, not more"))
			.withMessage("platform.tokens.secret has fewer than 32 characters");
	}

	@Test
	void allFlawsAreToldAtOnce() {
		List<RequiredSecret> secrets = List.of(PASSWORD, new RequiredSecret("platform.kafka.password"),
				new RequiredSecret("platform.database.password"));
		Map<String, String> values = Map.of("platform.redis.password", "changeme", "platform.database.password",
				"sixteen-letters!");
		assertThatExceptionOfType(UnsafeSecretException.class)
			.isThrownBy(() -> RequiredSecret.checkAll(secrets, values::get))
			.withMessage("platform.kafka.password is missing, platform.redis.password is a well-known default");
	}

	private static void assertUnsafe(String value, String message) {
		assertThatExceptionOfType(UnsafeSecretException.class).isThrownBy(() -> check(PASSWORD, value))
			.withMessage(message);
	}

	private static void check(RequiredSecret secret, String value) {
		RequiredSecret.checkAll(List.of(secret), (property) -> property.equals(secret.property()) ? value : null);
	}

}
