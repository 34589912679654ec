package io.microplatform.lab.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;

import io.microplatform.lab.platform.TargetPlatform;
import io.microplatform.lab.deadletter.DeadLetter;
import io.microplatform.lab.deadletter.DeadLetters;
import org.apache.kafka.common.KafkaException;

/**
 * Check that no dead letter is open.
 *
 * @param platform the platform
 */
record DeadLetterCheck(TargetPlatform platform) implements Check {

	@Override
	public AuditFinding run() {
		return read((letters) -> {
			List<DeadLetter> open = letters.open();
			List<String> offences = new ArrayList<>(open.stream().map(DeadLetterCheck::describe).toList());
			letters.unreadableActions()
				.forEach((place) -> offences.add("message %s is not an action".formatted(place)));
			return new AuditFinding("dead_letters", "no dead letter is open", open.size(), "dead letters",
					List.copyOf(offences));
		});
	}

	/**
	 * Returns the original places of the messages whose dead letters were replayed or
	 * discarded.
	 * @return places such as {@code orders/3/17}
	 */
	Set<String> resolvedPlaces() {
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
			throw new AuditUnavailableException("The dead letters cannot be read: " + ex.getMessage(), ex);
		}
	}

	private static String describe(DeadLetter letter) {
		return "letter %s: %s %s: %s".formatted(letter.reference(), letter.type(), letter.eventId(), letter.reason());
	}

}
