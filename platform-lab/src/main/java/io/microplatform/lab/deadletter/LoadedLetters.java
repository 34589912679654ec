package io.microplatform.lab.deadletter;

import java.util.Set;

/**
 * What {@link DeadLetterArchive} has loaded.
 *
 * @param letters the number of letters
 * @param skipped the number of letters whose topic does not exist any more
 * @param discardedEvents the ids of events that operators have discarded
 */
public record LoadedLetters(long letters, long skipped, Set<String> discardedEvents) {

	public LoadedLetters {
		discardedEvents = Set.copyOf(discardedEvents);
	}

}
