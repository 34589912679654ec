package io.microplatform.lab.load;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Result of comparing the responses that users received with the final state of their
 * orders.
 *
 * @param attempted the number of orders that were sent
 * @param acknowledged the number of orders whose placement was acknowledged
 * @param outcomes the number of existing orders by status
 * @param discrepancies descriptions of all differences
 */
public record OrderReconciliation(long attempted, long acknowledged, SortedMap<String, Long> outcomes,
		List<String> discrepancies) {

	static OrderReconciliation of(Collection<OrderReconciliation> parts) {
		SortedMap<String, Long> outcomes = new TreeMap<>();
		List<String> discrepancies = new ArrayList<>();
		parts.forEach((part) -> {
			part.outcomes.forEach((status, count) -> outcomes.merge(status, count, Long::sum));
			discrepancies.addAll(part.discrepancies);
		});
		return new OrderReconciliation(parts.stream().mapToLong(OrderReconciliation::attempted).sum(),
				parts.stream().mapToLong(OrderReconciliation::acknowledged).sum(), outcomes,
				List.copyOf(discrepancies));
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "orders sent %d, acknowledged %d, found %s%n",
				this.attempted, this.acknowledged, this.outcomes));
		this.discrepancies.forEach((discrepancy) -> text.append("✗ " + discrepancy + "\n"));
		return text.toString();
	}

}
