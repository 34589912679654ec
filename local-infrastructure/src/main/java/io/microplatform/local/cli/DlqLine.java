package io.microplatform.local.cli;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What a user typed behind {@code dlq}.
 *
 * @param verb what to do
 * @param object with which letters, as typed
 * @param all whether to show those too about which something was done
 */
record DlqLine(Verb verb, @Nullable String object, boolean all) {

	enum Verb {

		LIST, SHOW, REPLAY, DISCARD

	}

	/** Means every open letter. */
	static final String ALL = "all";

	private static final String SHOW_ALL = "--all";

	static Optional<DlqLine> of(List<String> words) {
		if (words.isEmpty()) {
			return Optional.empty();
		}
		List<String> objects = words.subList(1, words.size());
		return switch (words.getFirst()) {
			case "list" -> list(objects);
			case "show" -> about(Verb.SHOW, objects);
			case "replay" -> about(Verb.REPLAY, objects);
			case "discard" -> about(Verb.DISCARD, objects);
			default -> Optional.empty();
		};
	}

	private static Optional<DlqLine> list(List<String> words) {
		boolean all = words.contains(SHOW_ALL);
		List<String> topics = words.stream().filter((word) -> !word.equals(SHOW_ALL)).toList();
		if (topics.size() > 1 || topics.stream().anyMatch((word) -> word.startsWith("-"))
				|| words.size() > topics.size() + 1) {
			return Optional.empty();
		}
		return Optional.of(new DlqLine(Verb.LIST, topics.isEmpty() ? null : topics.getFirst(), all));
	}

	private static Optional<DlqLine> about(Verb verb, List<String> objects) {
		if (objects.size() != 1 || objects.getFirst().startsWith("-")) {
			return Optional.empty();
		}
		return Optional.of(new DlqLine(verb, objects.getFirst(), false));
	}

}
