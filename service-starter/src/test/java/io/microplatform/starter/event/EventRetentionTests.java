package io.microplatform.starter.event;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import javax.sql.DataSource;

import io.microplatform.instance.configuration.Refreshable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is old is deleted, and nothing else.
 */
class EventRetentionTests {

	private final RunningService service = FreshDatabase.create().service(Map.of());

	private final JdbcClient jdbc = this.service.jdbc();

	private final EventAutoConfiguration configuration = new EventAutoConfiguration();

	@BeforeEach
	void thereAreOldAndYoungOnes() {
		this.service.get(OutboxRelay.class).stop();
		outbox(2500, "now() - interval '25 hours'");
		outbox(10, "now() - interval '23 hours'");
		outbox(10, "null");
		inbox(2500, "41 days");
		inbox(10, "39 days");
	}

	@AfterEach
	void stop() {
		this.service.close();
	}

	@Test
	void whatIsOlderThanItsRetentionIsDeleted() {
		clean();
		assertThat(count("outbox where published_at is null")).isEqualTo(10);
		assertThat(count("outbox where published_at is not null")).isEqualTo(10);
		assertThat(count("inbox")).isEqualTo(10);
	}

	@Test
	void whatSomebodyElseHasLockedIsLeftForTheNextTime() throws SQLException {
		try (Connection other = this.service.get(DataSource.class).getConnection();
				Statement statement = other.createStatement()) {
			other.setAutoCommit(false);
			statement.execute("select from outbox order by published_at limit 5 for update");
			clean();
			assertThat(count("outbox")).isEqualTo(25);
			other.rollback();
		}
		clean();
		assertThat(count("outbox")).isEqualTo(20);
	}

	@Test
	void anInboxThatForgetsTooEarlyIsRefused() {
		new ApplicationContextRunner().withUserConfiguration(InboxAlone.class)
			.withPropertyValues("platform.inbox.retention=37d")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("must be longer than"));
	}

	private void clean() {
		this.configuration
			.expiredOutboxRows(this.jdbc, Clock.systemUTC(),
					new Refreshable<>(this.service.get(OutboxProperties.class)))
			.run();
		this.configuration
			.expiredInboxRows(this.jdbc, Clock.systemUTC(), new Refreshable<>(this.service.get(InboxProperties.class)))
			.run();
	}

	private void outbox(int rows, String publishedAt) {
		this.jdbc.sql("""
				insert into outbox (event_id, topic, message_key, type, data, occurred_at, published_at)
				select gen_random_uuid(), 'orders', '1', 'test.counted', '{}', now(), %s
				from generate_series(1, :rows)""".formatted(publishedAt)).param("rows", rows).update();
	}

	private void inbox(int rows, String age) {
		this.jdbc.sql("""
				insert into inbox (consumer, event_id, processed_at)
				select 'test', gen_random_uuid(), now() - :age::interval from generate_series(1, :rows)""")
			.param("age", age)
			.param("rows", rows)
			.update();
	}

	private long count(String from) {
		return this.jdbc.sql("select count(*) from " + from).query(Long.class).single();
	}

	@EnableConfigurationProperties(InboxProperties.class)
	static class InboxAlone {

	}

}
