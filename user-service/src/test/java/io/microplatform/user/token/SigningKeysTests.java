package io.microplatform.user.token;

import java.security.GeneralSecurityException;
import java.time.Clock;

import io.microplatform.starter.test.ServiceTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@ServiceTest
class SigningKeysTests {

	private final SigningKeys firstInstance;

	private final String secret;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	SigningKeysTests(SigningKeys keys, @Value("${platform.tokens.secret}") String secret, JdbcClient jdbc,
			PlatformTransactionManager transactions) {
		this.firstInstance = keys;
		this.secret = secret;
		this.jdbc = jdbc;
		this.transaction = new TransactionTemplate(transactions);
	}

	@Test
	void aFurtherInstanceSignsWithTheSameKey() throws GeneralSecurityException {
		SigningKeys another = start(this.secret);
		assertThat(another.current()).isEqualTo(this.firstInstance.current());
	}

	@Test
	void withAnotherSecretNothingStarts() {
		assertThatIllegalStateException().isThrownBy(() -> start("another secret that is long enough"))
			.withMessageContaining("platform.tokens.secret");
	}

	private SigningKeys start(String secret) throws GeneralSecurityException {
		return new SigningKeys(this.jdbc, this.transaction, new KeyCipher(secret), Clock.systemUTC());
	}

}
