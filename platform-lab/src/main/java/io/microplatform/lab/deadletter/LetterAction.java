package io.microplatform.lab.deadletter;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * An action on a dead letter. Stored in the topic {@value DeadLetters#ACTIONS} as JSON
 * with these member names.
 *
 * @param kind the kind of action
 * @param letter the reference of the letter
 * @param letterAt the time of the letter, which tells it from a letter in a recreated
 * topic
 * @param at the time of the action
 * @param who the user name in the operating system
 * @param eventId the id of the event, or null if unknown
 * @param type the type of the event, or null if unknown
 */
public record LetterAction(Kind kind, String letter, Instant letterAt, Instant at, String who, @Nullable String eventId,
		@Nullable String type) {

	private static final JsonMapper JSON = JsonMapper.shared();

	/** Reads an action from a message; empty if the message is not a complete action. */
	@SuppressWarnings("NullAway") // Jackson sets missing members to null.
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

	/** Kinds of actions. */
	public enum Kind {

		/** The message was written to its original topic again. */
		REPLAYED,

		/** The message was discarded. */
		DISCARDED

	}

}
