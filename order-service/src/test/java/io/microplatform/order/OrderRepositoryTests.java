package io.microplatform.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import io.microplatform.starter.test.ConfiguredLikeUp;
import org.junit.jupiter.api.Test;

import org.springframework.boot.data.jdbc.test.autoconfigure.DataJdbcTest;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestConstructor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@DataJdbcTest(properties = { "spring.cloud.config.enabled=false", "platform.config.import=" })
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@ContextConfiguration(initializers = ConfiguredLikeUp.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class OrderRepositoryTests {

	private static final Instant NOW = Instant.parse("2026-11-24T12:00:00.123456Z");

	private final long user = ThreadLocalRandom.current().nextLong(1L << 53);

	private final OrderRepository orders;

	OrderRepositoryTests(OrderRepository orders) {
		this.orders = orders;
	}

	@Test
	void whatIsSavedReadsBackEqual() {
		Order saved = save("0.10");
		assertThat(this.orders.findById(saved.requiredId())).contains(saved);
		assertThat(this.orders.findAndLockById(saved.requiredId())).contains(saved);
		assertThat(this.orders.findAndLockByIdAndUserId(saved.requiredId(), this.user)).contains(saved);
	}

	@Test
	void whatIsSomebodyElsesIsNotFoundWithTheUser() {
		assertThat(this.orders.findAndLockByIdAndUserId(save("0.10").requiredId(), this.user + 1)).isEmpty();
	}

	@Test
	void thoseThatAreDueLongestComeFirst() {
		Instant longAgo = Instant.parse("2000-01-01T00:00:00Z");
		List<Long> due = IntStream.range(0, 4).mapToObj((i) -> save(longAgo.minusSeconds(i)).requiredId()).toList();
		save(longAgo.plusSeconds(1));
		assertThat(this.orders.lockUnanswered(longAgo, 3)).containsExactly(due.get(3), due.get(2), due.get(1));
		assertThat(this.orders.lockUnanswered(longAgo, 100)).hasSize(4);
	}

	@Test
	void theDatabaseItselfRefusesAnOrderOfNothing() {
		assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(() -> save("0.00"));
	}

	private Order save(Instant askAgainAt) {
		return this.orders.save(Order.place(this.user, "tea", BigDecimal.ONE.setScale(2), NOW, askAgainAt));
	}

	private Order save(String amount) {
		return this.orders.save(Order.place(this.user, "tea", new BigDecimal(amount), NOW, NOW));
	}

}
