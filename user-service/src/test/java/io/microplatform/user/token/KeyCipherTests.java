package io.microplatform.user.token;

import java.security.GeneralSecurityException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KeyCipherTests {

	private final KeyCipher cipher = new KeyCipher("a secret that is long enough for it");

	KeyCipherTests() throws GeneralSecurityException {
	}

	@Test
	void whatWasEncryptedCanBeRead() throws GeneralSecurityException {
		assertThat(this.cipher.decrypt("key", this.cipher.encrypt("key", "private"))).isEqualTo("private");
	}

	@Test
	void theSameTextNeverLooksTheSame() throws GeneralSecurityException {
		assertThat(this.cipher.encrypt("key", "private")).isNotEqualTo(this.cipher.encrypt("key", "private"));
	}

	@Test
	void anotherSecretCannotReadIt() throws GeneralSecurityException {
		byte[] encrypted = this.cipher.encrypt("key", "private");
		KeyCipher other = new KeyCipher("another secret that is long enough");
		assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> other.decrypt("key", encrypted));
	}

	@Test
	void itCannotBePassedOffAsAnotherKey() throws GeneralSecurityException {
		byte[] encrypted = this.cipher.encrypt("key", "private");
		assertThatExceptionOfType(GeneralSecurityException.class)
			.isThrownBy(() -> this.cipher.decrypt("other", encrypted));
	}

	@Test
	void anAlteredByteIsNoticed() throws GeneralSecurityException {
		byte[] encrypted = this.cipher.encrypt("key", "private");
		encrypted[encrypted.length - 1] ^= 1;
		assertThatExceptionOfType(GeneralSecurityException.class)
			.isThrownBy(() -> this.cipher.decrypt("key", encrypted));
	}

}
