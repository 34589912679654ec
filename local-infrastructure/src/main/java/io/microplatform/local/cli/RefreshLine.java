package io.microplatform.local.cli;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What {@code refresh} is to do.
 *
 * @param list whether to show only what has been published
 * @param version to which version to go back, or the beginning of its name; null for what
 * lies in the repository now
 */
record RefreshLine(boolean list, @Nullable String version) {

	static Optional<RefreshLine> of(List<String> words) {
		if (words.isEmpty()) {
			return Optional.of(new RefreshLine(false, null));
		}
		if (words.equals(List.of("--list"))) {
			return Optional.of(new RefreshLine(true, null));
		}
		boolean isBack = words.size() == 2 && words.getFirst().equals("--to") && !words.getLast().startsWith("-");
		return isBack ? Optional.of(new RefreshLine(false, words.getLast())) : Optional.empty();
	}

}
