package io.microplatform.local.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import tools.jackson.databind.json.JsonMapper;

import io.microplatform.local.deadletter.LetterAction.Kind;

/**
 * The dead letters of every topic. A letter is open until an action on it is recorded;
 * the records are in a topic of their own, and so the same for everybody who looks. Every
 * method throws {@link KafkaException} when the broker does not answer within 10 s. Not
 * thread-safe.
 */
public final class DeadLetters implements AutoCloseable {

	/** Ends the name of the topic of the dead letters of a topic. */
	public static final String SUFFIX = ".dlq";

	/** The topic of what was done. */
	public static final String ACTIONS = "dlq.actions";

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final JsonMapper JSON = JsonMapper.shared();

	private final TopicReader reader;

	private final TopicWriter writer;

	private final Clock clock;

	private final Set<String> unreadableActions = new TreeSet<>();

	/**
	 * Looks at a broker's dead letters.
	 * @param connection how Kafka is reached, as somebody who may read and write all of
	 * its topics; further settings are those of its clients
	 */
	public DeadLetters(Properties connection) {
		this.reader = new TopicReader(connection, PATIENCE);
		this.writer = new TopicWriter(connection, PATIENCE);
		this.clock = Clock.systemUTC();
	}

	/** The topics of dead letters. */
	public List<String> topics() {
		return this.reader.topics().stream().filter((topic) -> topic.endsWith(SUFFIX)).toList();
	}

	/**
	 * Visits every letter of a topic, in the order of its partitions, without keeping
	 * them.
	 * @param topic one of {@link #topics()}
	 * @param visitor may replay and discard the letter, and call nothing else here
	 */
	public void read(String topic, Consumer<DeadLetter> visitor) {
		Map<String, LetterAction> actions = actions();
		this.reader.read(topic, (message) -> visitor.accept(letter(message, actions)));
	}

	/** All that are open. */
	public List<DeadLetter> open() {
		List<DeadLetter> open = new ArrayList<>();
		topics().forEach((topic) -> read(topic, (letter) -> {
			if (letter.isOpen()) {
				open.add(letter);
			}
		}));
		return open;
	}

	/** The letter with that reference, unless there is none, or none any more. */
	public Optional<DeadLetter> find(LetterReference reference) {
		if (!topics().contains(reference.topic())) {
			return Optional.empty();
		}
		Map<String, LetterAction> actions = actions();
		return this.reader.find(new TopicPartition(reference.topic(), reference.partition()), reference.offset())
			.map((message) -> letter(message, actions));
	}

	private static DeadLetter letter(ConsumerRecord<byte[], byte[]> message, Map<String, LetterAction> actions) {
		DeadLetter letter = new DeadLetter(message, null);
		LetterAction action = actions.get(letter.reference().toString());
		return (action != null && action.letterAt().equals(letter.at())) ? new DeadLetter(message, action) : letter;
	}

	/**
	 * Writes the message to its topic once more, as it was and behind what has come
	 * since, and records that. Should this die in between, the letter stays open, and
	 * whoever replays it again sends the message a second time, which the inbox of its
	 * consumer makes harmless.
	 * @param letter an open one
	 * @param who does it
	 */
	public void replay(DeadLetter letter, String who) {
		requireOpen(letter);
		// By its key, as its producer did.
		ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(letter.originalTopic(), null,
				letter.message().key(), letter.message().value());
		letter.message().headers().forEach((header) -> {
			if (!header.key().startsWith(DeadLetter.OWN_HEADERS)) {
				message.headers().add(header);
			}
		});
		this.writer.write(message);
		record(Kind.REPLAYED, letter, who);
	}

	/**
	 * Records that the message is given up for good. It stays where it is as long as all
	 * letters do.
	 * @param letter an open one
	 * @param who does it
	 */
	public void discard(DeadLetter letter, String who) {
		requireOpen(letter);
		record(Kind.DISCARDED, letter, who);
	}

	private static void requireOpen(DeadLetter letter) {
		if (!letter.isOpen()) {
			throw new IllegalArgumentException(letter.reference() + " is not open");
		}
	}

	private void record(Kind kind, DeadLetter letter, String who) {
		LetterAction action = new LetterAction(kind, letter.reference().toString(), letter.at(), this.clock.instant(),
				who, letter.eventId(), letter.type());
		this.writer.write(new ProducerRecord<>(ACTIONS, action.letter().getBytes(StandardCharsets.UTF_8),
				JSON.writeValueAsBytes(action)));
	}

	/** The last action on each letter. */
	private Map<String, LetterAction> actions() {
		Map<String, LetterAction> actions = new HashMap<>();
		this.unreadableActions.clear();
		this.reader.read(ACTIONS,
				(record) -> LetterAction.of(record.value())
					.ifPresentOrElse((action) -> actions.put(action.letter(), action), () -> this.unreadableActions
						.add(String.format(Locale.ROOT, "%s/%d/%d", ACTIONS, record.partition(), record.offset()))));
		return actions;
	}

	/**
	 * Where in {@value #ACTIONS} something else than an action was, as of the last look
	 * at letters. It changes nothing about any letter.
	 */
	public List<String> unreadableActions() {
		return List.copyOf(this.unreadableActions);
	}

	@Override
	public void close() {
		this.reader.close();
		this.writer.close();
	}

}
