package io.microplatform.starter.event;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A row of the outbox.
 *
 * @param id its place in the order of sending
 * @param eventId the event's id, the same however often it is sent
 * @param topic where it goes
 * @param messageKey events of one key are sent in their order
 * @param type the event's type, as in {@code order.created}
 * @param data the event's data as JSON
 * @param traceparent the trace in which it arose, if any
 * @param occurredAt when it arose
 * @param attempts how often it could not be sent for a reason of its own
 */
record OutboxMessage(long id, UUID eventId, String topic, String messageKey, String type, String data,
		@Nullable String traceparent, Instant occurredAt, int attempts) {

	static OutboxMessage of(ResultSet row) throws SQLException {
		return new OutboxMessage(row.getLong("id"), row.getObject("event_id", UUID.class), row.getString("topic"),
				row.getString("message_key"), row.getString("type"), row.getString("data"),
				row.getString("traceparent"), row.getTimestamp("occurred_at").toInstant(), row.getInt("attempts"));
	}

}
