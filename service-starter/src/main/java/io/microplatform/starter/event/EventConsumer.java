package io.microplatform.starter.event;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.messaging.Message;

/**
 * Applies each event of a known type once, in the trace in which it arose. Types that it
 * does not know are skipped: a topic may carry more than one consumer needs. An event
 * that cannot be read or applied throws, and is then retried and at last dead-lettered by
 * the binding, never acknowledged as if it had been applied.
 */
public final class EventConsumer implements Consumer<Message<byte[]>> {

	private static final Logger log = LoggerFactory.getLogger(EventConsumer.class);

	private final Map<String, Consumer<byte[]>> effects = new HashMap<>();

	private final String name;

	private final Inbox inbox;

	private final JsonMapper json;

	private final Tracer tracer;

	private final Propagator propagator;

	EventConsumer(String name, Inbox inbox, JsonMapper json, Tracer tracer, Propagator propagator) {
		this.name = name;
		this.inbox = inbox;
		this.json = json;
		this.tracer = tracer;
		this.propagator = propagator;
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
		this.effects.put(type, (data) -> effect.accept(this.json.readValue(data, dataType)));
		return this;
	}

	@Override
	public void accept(Message<byte[]> message) {
		String type = CloudEvent.header(message, CloudEvent.TYPE);
		Consumer<byte[]> effect = this.effects.get(type);
		if (effect == null) {
			log.debug("{} skips an event of type {}", this.name, type);
			return;
		}
		Span span = this.propagator.extract(message, CloudEvent::header).name(this.name + " " + type).start();
		try (Tracer.SpanInScope _ = this.tracer.withSpan(span)) {
			this.inbox.applyOnce(this.name, CloudEvent.id(message), () -> effect.accept(message.getPayload()));
		}
		catch (RuntimeException ex) {
			log.warn("{} could not apply {} {}", this.name, type, CloudEvent.header(message, CloudEvent.ID), ex);
			span.error(ex);
			throw ex;
		}
		finally {
			span.end();
		}
	}

}
