package io.microplatform.local.deadletter;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

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

	private static final JsonMapper JSON = JsonMapper.shared();

	/** The action in a message; empty when there is none that is whole. */
	@SuppressWarnings("NullAway") // What is missing in JSON is null here, whatever the
									// types say.
	static Optional<LetterAction> of(byte @Nullable [] data) {
		if (data == null) {
			return Optional.empty();
		}
		try {
			@Nullable LetterAction action = JSON.readValue(data, LetterAction.class);
			return Optional.ofNullable(action)
				.filter((read) -> Stream.of(read.kind(), read.letter(), read.letterAt(), read.at(), read.who())
					.noneMatch(Objects::isNull));
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

	/** What can be done. */
	public enum Kind {

		/** The message was written to its topic once more. */
		REPLAYED,

		/** The message was given up for good. */
		DISCARDED

	}

}
