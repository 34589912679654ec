package io.microplatform.acceptance.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;

import io.microplatform.acceptance.platform.RunningPlatform;
import io.microplatform.local.deadletter.DeadLetter;
import io.microplatform.local.deadletter.DeadLetters;
import org.apache.kafka.common.KafkaException;

/**
 * Whatever a consumer has given up, somebody has decided about.
 *
 * @param platform whose
 */
record DeadLetterCheck(RunningPlatform platform) implements Check {

	@Override
	public Finding look() {
		return read((letters) -> {
			List<DeadLetter> open = letters.open();
			List<String> offences = new ArrayList<>(open.stream().map(DeadLetterCheck::describe).toList());
			letters.unreadableActions()
				.forEach((place) -> offences.add("message %s is not an action".formatted(place)));
			return new Finding("no dead letter is open", open.size(), "dead letters", List.copyOf(offences));
		});
	}

	/**
	 * Where the messages are whose letters were replayed or discarded.
	 * @return places as in {@code orders/3/17}
	 */
	Set<String> settled() {
		return read((letters) -> {
			Set<String> places = new HashSet<>();
			letters.topics().forEach((topic) -> letters.read(topic, (letter) -> {
				if (!letter.isOpen()) {
					places.add(letter.originalPlace());
				}
			}));
			return places;
		});
	}

	private <T> T read(Function<DeadLetters, T> reader) {
		Properties connection = new Properties();
		connection.putAll(this.platform.kafkaProperties());
		try (DeadLetters letters = new DeadLetters(connection)) {
			return reader.apply(letters);
		}
		catch (KafkaException ex) {
			throw new BooksClosedException("The dead letters cannot be read: " + ex.getMessage(), ex);
		}
	}

	private static String describe(DeadLetter letter) {
		return "letter %s: %s %s: %s".formatted(letter.reference(), letter.type(), letter.eventId(), letter.reason());
	}

}
