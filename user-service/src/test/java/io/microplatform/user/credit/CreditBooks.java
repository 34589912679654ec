package io.microplatform.user.credit;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

import io.microplatform.starter.test.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A new user with credit, and the books about it.
 */
final class CreditBooks {

	private static final AtomicLong ORDERS = new AtomicLong(ThreadLocalRandom.current().nextLong(1, 1L << 52));

	private final JdbcClient jdbc;

	private final long user;

	CreditBooks(JdbcClient jdbc, String limit) {
		this.jdbc = jdbc;
		String email = UUID.randomUUID() + "@example.org";
		this.user = jdbc.sql("""
				insert into users (name, email, email_key, password_hash, credit_limit, credit_available, created_at)
				values ('Ann', :email, :email, 'none', :limit, :limit, now()) returning id""")
			.param("email", email)
			.param("limit", new BigDecimal(limit))
			.query(Long.class)
			.single();
	}

	static long newOrder() {
		return ORDERS.incrementAndGet();
	}

	long user() {
		return this.user;
	}

	/** An event of one of this user's orders, with an id of its own. */
	Message<byte[]> event(String type, long order, String amount) {
		return MessageBuilder.withPayload(data(order, amount).getBytes(StandardCharsets.UTF_8))
			.setHeader("ce_id", UUID.randomUUID().toString())
			.setHeader("ce_type", type)
			.build();
	}

	String data(long order, String amount) {
		return String.format(Locale.ROOT, "{\"orderId\":%d,\"userId\":%d,\"amount\":%s}", order, this.user, amount);
	}

	/** What this user's orders have been answered, when there are so many answers. */
	List<ConsumerRecord<String, String>> answers(int count) {
		return Topics.read("credit", count, (event) -> event.key().equals(Long.toString(this.user)));
	}

	void change(String column, String value) {
		this.jdbc.sql("update users set " + column + " = " + value + " where id = :id").param("id", this.user).update();
	}

	BigDecimal available() {
		return this.jdbc.sql("select credit_available from users where id = :id")
			.param("id", this.user)
			.query(BigDecimal.class)
			.single();
	}

	/** The orders for which something is reserved. */
	List<Long> reservations() {
		return this.jdbc.sql("select order_id from reservation where user_id = :id order by order_id")
			.param("id", this.user)
			.query((row, number) -> row.getLong(1))
			.list();
	}

	void assertBalanced() {
		assertThat(this.jdbc.sql("""
				select credit_limit = credit_available
				       + (select coalesce(sum(amount), 0) from reservation where user_id = users.id)
				from users where id = :id""").param("id", this.user).query(Boolean.class).single()).isTrue();
	}

}
