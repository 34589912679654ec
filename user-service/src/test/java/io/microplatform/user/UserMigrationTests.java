package io.microplatform.user;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.starter.test.Migration;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.Topics;
import io.microplatform.user.UserClient.Answer;
import io.microplatform.user.UserClient.Person;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A release may add a column to any table, drop one that nothing uses, or change the type
 * of one, while the release before it serves.
 */
@ServiceTest
class UserMigrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final int CLIENTS = 6;

	/** So many that the connections of the pool have prepared each statement. */
	private static final int ENOUGH = 90;

	/** A hash of a password takes long. */
	private static final int REGISTERS_EVERY = 5;

	private final MeterRegistry meters;

	private final Migration migration;

	private final UserClient users;

	private final String administrator;

	private final AtomicInteger rounds = new AtomicInteger();

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private volatile boolean over;

	UserMigrationTests(@LocalServerPort int port, MeterRegistry meters, JdbcClient jdbc) {
		this.meters = meters;
		this.migration = new Migration(jdbc);
		this.users = new UserClient(port);
		this.administrator = this.users.administrator();
	}

	@AfterEach
	void asBefore() {
		this.migration.dropColumn();
		this.migration.change("users", "alter column name type text");
	}

	@Test
	void noRequestFailsWhileColumnsComeAndGo() throws Exception {
		assertThat(this.migration.tables()).contains("users", "credit_answer", "outbox", "inbox");
		double retried = retried();
		List<Future<?>> clients = new ArrayList<>();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < CLIENTS; i++) {
				clients.add(threads.submit(this::callUntilOver));
			}
			try {
				awaitMoreRounds();
				this.migration.addColumn();
				awaitMoreRounds();
				this.migration.dropColumn();
				awaitMoreRounds();
				this.migration.change("users", "alter column name type varchar(300)");
				awaitMoreRounds();
			}
			finally {
				this.over = true;
			}
		}
		for (Future<?> client : clients) {
			client.get();
		}
		assertThat(this.failures).isEmpty();
		assertThat(retried()).as("attempts at events that failed").isEqualTo(retried);
	}

	private void awaitMoreRounds() {
		int before = this.rounds.get();
		await().atMost(PATIENCE).until(() -> this.rounds.get() >= before + ENOUGH);
	}

	private boolean callUntilOver() throws Exception {
		Person person = this.users.person();
		for (int round = 0; !this.over; round++) {
			if (round % REGISTERS_EVERY == 0) {
				person = this.users.person();
			}
			check("change", this.users.patch(person.id(), person.token(),
					String.format(Locale.ROOT, "{\"name\":\"Ann %d\"}", round)));
			check("limit", this.users.patch(person.id(), this.administrator,
					String.format(Locale.ROOT, "{\"creditLimit\":%d}", 1000 + round)));
			check("read", this.users.get(person.path(), person.token()));
			check("list", this.users.get("/users?status=ACTIVE", this.administrator));
			Topics.publish("orders", UUID.randomUUID(), "order.created", person.id(),
					String.format(Locale.ROOT, "{\"orderId\":%d,\"userId\":%d,\"amount\":1}",
							ThreadLocalRandom.current().nextLong(1, 1L << 53), person.id()));
			this.rounds.incrementAndGet();
		}
		return true;
	}

	private void check(String call, Answer answer) {
		if (answer.status() != 200) {
			this.failures.add(call + " " + answer);
		}
	}

	private double retried() {
		return this.meters.find("consumer.retries").counters().stream().mapToDouble(Counter::count).sum();
	}

}
