package io.microplatform.instance.secret;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GeneratedSecretEncoderTests {

	private final GeneratedSecretEncoder encoder = new GeneratedSecretEncoder();

	@Test
	void onlyTheSecretItselfMatches() {
		String stored = this.encoder.encode("sixteen-letters!");
		assertThat(this.encoder.matches("sixteen-letters!", stored)).isTrue();
		assertThat(this.encoder.matches("sixteen-letters", stored)).isFalse();
		assertThat(this.encoder.matches("Sixteen-letters!", stored)).isFalse();
		assertThat(this.encoder.matches("", stored)).isFalse();
	}

	@Test
	void nothingMatchesNothing() {
		assertThat(this.encoder.matches(null, null)).isFalse();
		assertThat(this.encoder.matches("sixteen-letters!", null)).isFalse();
	}

}
