package io.microplatform.starter.event;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import brave.SpanCustomizer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.Message;

/**
 * A {@link Consumer} of messages that applies each event of a known type once, in the
 * trace of the event. It skips unknown types, because a topic may carry more than one
 * consumer needs. It throws if an event cannot be read or applied; the event is then
 * retried and finally dead-lettered, but never acknowledged as if it had been applied.
 */
public final class EventConsumer implements Consumer<Message<byte[]>> {

	private static final Logger log = LoggerFactory.getLogger(EventConsumer.class);

	/** By type: reads the data and returns what they do. */
	private final Map<String, Function<byte[], Runnable>> effects = new HashMap<>();

	private final String name;

	private final Inbox inbox;

	private final JsonMapper json;

	private final EventTracing tracing;

	EventConsumer(String name, Inbox inbox, JsonMapper json, EventTracing tracing) {
		this.name = name;
		this.inbox = inbox;
		this.json = json;
		this.tracing = tracing;
	}

	/**
	 * Says what an event of one type does. To be called before the first message.
	 * @param <T> the type of the event's data
	 * @param type the event's type
	 * @param dataType what its JSON is read as
	 * @param effect runs in the transaction of the inbox row
	 * @return this
	 */
	public <T> EventConsumer on(String type, Class<T> dataType, Consumer<T> effect) {
		this.effects.put(type, (data) -> {
			T event = read(data, dataType);
			return () -> effect.accept(event);
		});
		return this;
	}

	private <T> T read(byte[] data, Class<T> dataType) {
		@Nullable T event;
		try {
			event = this.json.readValue(data, dataType);
		}
		catch (JacksonException ex) {
			throw new UnreadableEventException("the data are not those of the type", ex);
		}
		if (event == null) {
			throw new UnreadableEventException("the data are null", null);
		}
		return event;
	}

	@Override
	public void accept(Message<byte[]> message) {
		String type = CloudEvent.type(message);
		Function<byte[], Runnable> effects = this.effects.get(type);
		if (effects == null) {
			log.debug("{} skips an event of type {}", this.name, type);
			return;
		}
		UUID id = CloudEvent.id(message);
		byte[] data = CloudEvent.data(message);
		EventSpan span = EventSpan.processing(this.name, type, id,
				CloudEvent.header(message, KafkaHeaders.RECEIVED_TOPIC), new String(data, StandardCharsets.UTF_8));
		try {
			this.tracing.continueIn(CloudEvent.header(message, CloudEvent.TRACEPARENT), span,
					(current) -> apply(type, id, () -> effects.apply(data), current));
		}
		finally {
			// Before the acknowledgement.
			this.tracing.deliver();
		}
	}

	private void apply(String type, UUID id, Supplier<Runnable> effect, SpanCustomizer span) {
		try {
			if (!this.inbox.applyOnce(this.name, id, effect.get())) {
				span.tag(EventSpan.DUPLICATE, "true");
			}
		}
		catch (RuntimeException ex) {
			// In the event's trace; who gives it up shows the rest.
			log.warn("{} could not apply {} {}: {}", this.name, type, id, ex.toString());
			throw ex;
		}
	}

}
