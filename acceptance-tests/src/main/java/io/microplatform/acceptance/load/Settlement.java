package io.microplatform.acceptance.load;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What users were told, held against what the platform says once nothing is on its way
 * any more.
 *
 * @param attempted orders that were sent
 * @param acknowledged orders of which the sender was told that they are placed
 * @param outcomes how many orders there are of each status
 * @param contradictions everything that does not go together
 */
public record Settlement(long attempted, long acknowledged, SortedMap<String, Long> outcomes,
		List<String> contradictions) {

	static Settlement of(Collection<Settlement> parts) {
		SortedMap<String, Long> outcomes = new TreeMap<>();
		List<String> contradictions = new ArrayList<>();
		parts.forEach((part) -> {
			part.outcomes.forEach((status, count) -> outcomes.merge(status, count, Long::sum));
			contradictions.addAll(part.contradictions);
		});
		return new Settlement(parts.stream().mapToLong(Settlement::attempted).sum(),
				parts.stream().mapToLong(Settlement::acknowledged).sum(), outcomes, List.copyOf(contradictions));
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
				"orders sent %d, acknowledged %d, there are %s%n", this.attempted, this.acknowledged, this.outcomes));
		this.contradictions.forEach((contradiction) -> text.append("✗ " + contradiction + "\n"));
		return text.toString();
	}

}
