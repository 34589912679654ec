package io.microplatform.user;

import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.microplatform.starter.test.ServiceTest;
import io.microplatform.user.UserClient.Answer;
import io.microplatform.user.UserClient.Person;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A change of a user that is sent again with its key, as the gateway and careful clients
 * do when they got no answer.
 */
@ServiceTest
class RepeatedChangeTests {

	private static final String CHANGE = "{\"name\":\"Ann\"}";

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final UserClient users;

	private final Person ann;

	private final String etag;

	private final String key = UUID.randomUUID().toString();

	RepeatedChangeTests(@LocalServerPort int port, JdbcClient jdbc, PlatformTransactionManager transactions) {
		this.jdbc = jdbc;
		this.transaction = new TransactionTemplate(transactions);
		this.users = new UserClient(port);
		this.ann = this.users.person();
		this.etag = this.users.get(this.ann.path(), this.ann.token()).etag();
	}

	@Test
	void isAnsweredAsAtFirst() {
		Answer first = change(CHANGE);
		assertThat(first.status()).isEqualTo(200);
		assertSame(change(CHANGE), first);
		assertThat(change("{\"name\":\"Bea\"}").status()).isEqualTo(422);
		assertThat(this.users.get(this.ann.path(), this.ann.token()).etag()).isEqualTo(first.etag());
	}

	@Test
	void isAnsweredAsAtFirstWhileTheFirstWaitsForTheRow() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<?> holder = threads.submit(() -> hold(release));
			await().until(this::isLocked);
			Future<Answer> first = threads.submit(() -> change(CHANGE));
			await().until(() -> isClaimed() && waiting() > 0);
			Future<Answer> repeat = threads.submit(() -> change(CHANGE));
			release.countDown();
			holder.get();
			assertThat(first.get().status()).isEqualTo(200);
			assertSame(repeat.get(), first.get());
		}
	}

	@Test
	void mayBeCorrectedWhenItWasRefused() {
		assertThat(change("{\"name\":\"\"}").status()).isEqualTo(400);
		assertThat(change(CHANGE, "If-Match: \"other\"").status()).isEqualTo(412);
		assertThat(change(CHANGE).status()).isEqualTo(200);
	}

	private Answer change(String body) {
		return change(body, "If-Match: " + this.etag);
	}

	private Answer change(String body, String condition) {
		return this.users.call(HttpMethod.PATCH, this.ann.path(), this.ann.token(), body, condition,
				"Idempotency-Key: " + this.key);
	}

	private void hold(CountDownLatch release) {
		this.transaction.executeWithoutResult((status) -> {
			this.jdbc.sql("select 1 from users where id = :id for update")
				.param("id", this.ann.id())
				.query()
				.singleValue();
			try {
				release.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	private boolean isLocked() {
		return this.jdbc.sql("select 1 from users where id = :id for update skip locked")
			.param("id", this.ann.id())
			.query()
			.listOfRows()
			.isEmpty();
	}

	private boolean isClaimed() {
		return this.jdbc.sql("select count(*) from pg_locks where locktype = 'advisory' and granted")
			.query(Long.class)
			.single() > 0;
	}

	private long waiting() {
		return this.jdbc.sql("""
				select count(*) from pg_stat_activity
				where datname = current_database() and wait_event_type = 'Lock'""").query(Long.class).single();
	}

	private static void assertSame(Answer repeat, Answer first) {
		assertThat(repeat.status()).isEqualTo(first.status());
		assertThat(repeat.body()).isEqualTo(first.body());
		assertThat(repeat.etag()).isEqualTo(first.etag());
	}

}
