package io.microplatform.lab.deadletter;

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

import io.microplatform.lab.deadletter.LetterAction.Kind;
import io.microplatform.local.kafka.Kafka;

/**
 * Access to the dead letters of all topics. A letter is open until an action on it is
 * recorded in the topic {@value #ACTIONS}, so that every operator sees the same state.
 * Every method throws {@link KafkaException} if the broker does not answer within 10
 * seconds. Not thread-safe.
 */
public final class DeadLetters implements AutoCloseable {

	/** Suffix of the topics of dead letters. */
	public static final String SUFFIX = Kafka.DEAD_LETTERS;

	/** Topic of the recorded actions. */
	public static final String ACTIONS = Kafka.DEAD_LETTER_ACTIONS;

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final JsonMapper JSON = JsonMapper.shared();

	private final TopicReader reader;

	private final TopicWriter writer;

	private final Clock clock;

	private final Set<String> unreadableActions = new TreeSet<>();

	/**
	 * Creates the access.
	 * @param connection client properties with the rights to read and write all topics of
	 * dead letters and their original topics
	 */
	public DeadLetters(Properties connection) {
		this.reader = new TopicReader(connection, TIMEOUT);
		this.writer = new TopicWriter(connection, TIMEOUT);
		this.clock = Clock.systemUTC();
	}

	/** Returns the topics of dead letters. */
	public List<String> topics() {
		return this.reader.topics().stream().filter((topic) -> topic.endsWith(SUFFIX)).toList();
	}

	/**
	 * Passes every letter of a topic to a visitor, in the order of the partitions,
	 * without keeping them in memory.
	 * @param topic one of {@link #topics()}
	 * @param visitor may replay or discard the letter, but must not call other methods of
	 * this object
	 */
	public void read(String topic, Consumer<DeadLetter> visitor) {
		Map<String, LetterAction> actions = actions();
		this.reader.read(topic, (message) -> visitor.accept(letter(message, actions)));
	}

	/** Returns all open letters. */
	public List<DeadLetter> open() {
		List<DeadLetter> open = new ArrayList<>();
		topics().forEach((topic) -> read(topic, (letter) -> {
			if (letter.isOpen()) {
				open.add(letter);
			}
		}));
		return open;
	}

	/** Finds a letter; empty if it does not exist or is no longer retained. */
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
	 * Writes the message to the end of its original topic and records that. If the
	 * process dies in between, the letter stays open. A second replay then duplicates the
	 * message, which the consumer's inbox ignores.
	 * @param letter an open letter
	 * @param who the operator
	 */
	public void replay(DeadLetter letter, String who) {
		requireOpen(letter);
		// No partition: the producer selects it by the key.
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
	 * Records that the message is discarded. The letter stays in its topic until the
	 * retention ends.
	 * @param letter an open letter
	 * @param who the operator
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

	/** Returns the last action on each letter. */
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
	 * Returns the places of unreadable messages in {@value #ACTIONS} that the last read
	 * has found. They do not affect any letter.
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
