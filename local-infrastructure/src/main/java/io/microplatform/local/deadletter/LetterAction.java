package io.microplatform.local.deadletter;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What somebody did about a dead letter. Kept in the topic {@value DeadLetters#ACTIONS}
 * as JSON with these names.
 *
 * @param kind what was done
 * @param letter the letter's reference
 * @param letterAt the letter's time: another topic of the same name has other letters
 * @param at when it was done
 * @param who the user of the operating system
 * @param eventId of the event in the letter, if it had one
 * @param type of the event in the letter, if it had one
 */
public record LetterAction(Kind kind, String letter, Instant letterAt, Instant at, String who, @Nullable String eventId,
		@Nullable String type) {

	/** What can be done. */
	public enum Kind {

		/** The message was written to its topic once more. */
		REPLAYED,

		/** The message was given up for good. */
		DISCARDED

	}

}
