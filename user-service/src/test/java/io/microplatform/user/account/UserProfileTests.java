package io.microplatform.user.account;

import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UserProfileTests {

	/** Fails when a component changes, to remind of the version. */
	@Test
	void theComponentsAreThoseOfTheVersion() {
		assertThat(UserProfile.VERSION).isEqualTo(1);
		assertThat(Stream.of(UserProfile.class.getRecordComponents()).map(RecordComponent::toString)).containsExactly(
				"long id", "java.lang.String name", "java.lang.String email", "java.math.BigDecimal creditLimit",
				"java.math.BigDecimal creditAvailable", "io.microplatform.user.account.Role role",
				"io.microplatform.user.account.Status status", "long version");
	}

}
