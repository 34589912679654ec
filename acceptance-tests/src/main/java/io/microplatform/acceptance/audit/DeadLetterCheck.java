package io.microplatform.acceptance.audit;

import java.util.List;
import java.util.Properties;

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
		Properties connection = new Properties();
		connection.putAll(this.platform.kafkaProperties());
		try (DeadLetters letters = new DeadLetters(connection)) {
			List<DeadLetter> open = letters.open();
			return new Finding("no dead letter is open", open.size(), "dead letters",
					open.stream().map(DeadLetterCheck::describe).toList());
		}
		catch (KafkaException ex) {
			throw new BooksClosedException("The dead letters cannot be read: " + ex.getMessage(), ex);
		}
	}

	private static String describe(DeadLetter letter) {
		return "letter %s: %s %s: %s".formatted(letter.reference(), letter.type(), letter.eventId(), letter.reason());
	}

}
