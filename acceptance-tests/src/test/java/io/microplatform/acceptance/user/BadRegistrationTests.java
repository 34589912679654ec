package io.microplatform.acceptance.user;

import java.util.List;
import java.util.stream.Stream;

import io.microplatform.lab.client.PlatformClient;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.BadField;
import io.microplatform.acceptance.fixture.BadValue;
import io.microplatform.acceptance.fixture.JsonBody;
import io.microplatform.lab.platform.TargetPlatform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static io.microplatform.lab.platform.TargetPlatform.freshEmail;

@AcceptanceTest
class BadRegistrationTests {

	private static final String NAME = "Ann";

	private static final String PASSWORD = "long enough";

	private final PlatformClient guest;

	private final String email = freshEmail("ann");

	private final JsonBody good = RegistrationTests.registration(NAME, this.email, PASSWORD);

	BadRegistrationTests(TargetPlatform platform) {
		this.guest = platform.guest();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("badFields")
	void isRejectedWithTheNameOfTheField(BadField bad) {
		assertThat(this.guest.post("/users", bad.in(this.good))).isProblem(400).namesField(bad.field());
	}

	static Stream<BadField> badFields() {
		List<BadValue> emails = Stream
			.of("plain", "@example.org", "ann@", "ann@@example.org", "a nn@example.org", "ann@exa mple.org",
					"ann@example..org", "ann@.org", "Ann <ann@example.org>", "ann@example.org,eve@example.org")
			.map((text) -> new BadValue(text, '"' + text + '"'))
			.toList();
		BadValue longEmail = new BadValue("an address of 255 characters",
				"\"ann@%s%s.org\"".formatted(("x".repeat(63) + ".").repeat(3), "x".repeat(55)));
		List<BadValue> passwords = Stream
			.of(BadValue.ofAnyRequiredField(), BadValue.ofAnyString(),
					Stream.of("1234567", "ä123", " ", "ä".repeat(37))
						.map((text) -> new BadValue(text, '"' + text + '"')),
					Stream.of(BadValue.ofLength(73)))
			.flatMap((values) -> values)
			.toList();
		return Stream
			.of(BadField.each("name", BadValue.ofText(51)), BadField.each("email", BadValue.ofText(255)),
					BadField.each("email", emails), BadField.each("email", List.of(longEmail)),
					BadField.each("password", passwords))
			.flatMap((fields) -> fields);
	}

	@Test
	void namesEveryInvalidField() {
		assertThat(this.guest.post("/users", "{}")).isProblem(400)
			.namesField("name")
			.namesField("email")
			.namesField("password");
	}

	@AfterAll
	void verifyThatNoUserWasRegistered() {
		assertThat(this.guest.register(NAME, this.email, PASSWORD)).isJson(201);
	}

}
