package io.microplatform.user.account;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.security.crypto.password.PasswordEncoder;

import static org.assertj.core.api.Assertions.assertThat;

class PasswordsTests {

	private final AtomicInteger turns = new AtomicInteger();

	private final CountingEncoder encoder = new CountingEncoder();

	private final Passwords passwords = new Passwords(this.encoder,
			new HashingBulkhead(BulkheadRegistry.ofDefaults(),
					new Refreshable<>(new HashingProperties(Duration.ofSeconds(10))), Runnable::run,
					new SimpleMeterRegistry()));

	@ParameterizedTest
	@ValueSource(strings = { "correct horse", "p\u00e4ssword", "pa\u0308ssword", "p\0p", "short", "a\u00a0\u0308" })
	void aWrongPasswordTakesAsManyComparisonsWithoutAccountAndWithAnyHash(String typed) {
		List<Integer> comparisons = Stream.of("", "{bcrypt}$2a$x", "{bcrypt}$2b$x").map((hash) -> {
			this.encoder.compared.clear();
			assertThat(this.passwords.matches(typed, hash.isEmpty() ? null : hash, this.turns::incrementAndGet))
				.isFalse();
			return this.encoder.compared.size();
		}).toList();
		assertThat(this.turns).hasValue(comparisons.size());
		assertThat(comparisons).doesNotContain(0).containsOnly(comparisons.getFirst());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a password of no account" })
	void noPasswordOpensAnAccountThatIsNotThere(String typed) {
		assertThat(this.passwords.matches(typed, null, this.turns::incrementAndGet)).isFalse();
	}

	private static final class CountingEncoder implements PasswordEncoder {

		private final List<CharSequence> compared = new ArrayList<>();

		@Override
		public String encode(@Nullable CharSequence password) {
			return "{bcrypt}$2b$" + password;
		}

		@Override
		public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
			this.compared.add(String.valueOf(password));
			return encode(password).equals(hash);
		}

	}

}
