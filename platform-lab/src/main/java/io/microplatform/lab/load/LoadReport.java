package io.microplatform.lab.load;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Results of a load. The string form is a table, followed by the first failure of each
 * kind.
 *
 * @param results the results, in no particular order
 */
public record LoadReport(List<CallResult> results) {

	/** The time after which a load can be judged by its {@link #recent} calls. */
	public static final Duration RECENT = Duration.ofSeconds(5);

	/** The p99 latency below which a platform {@link #isCalm is calm}. */
	public static final Duration CALM_P99 = Duration.ofMillis(200);

	private static final String ROW = "%-16s %8s %8s %8s %8s  %s%n";

	/**
	 * Counts the results by kind.
	 * @return the number of results by {@link CallResult#kind()}
	 */
	public SortedMap<String, Long> kinds() {
		return this.results.stream()
			.collect(Collectors.groupingBy(CallResult::kind, TreeMap::new, Collectors.counting()));
	}

	public Latencies latencies() {
		return Latencies.ofResults(this.results);
	}

	/**
	 * Selects the failed calls.
	 * @return a report on the failed calls
	 */
	public LoadReport failures() {
		return of((result) -> result.failure() != null);
	}

	/**
	 * Selects a part of the results, such as one kind of call or the calls that were due
	 * during an outage.
	 * @param part the condition for a result to be included
	 * @return a report on the selected results
	 */
	public LoadReport of(Predicate<CallResult> part) {
		return new LoadReport(this.results.stream().filter(part).toList());
	}

	/**
	 * Selects the calls that were due recently, by which {@link #isCalm} decides.
	 * @return a report on the calls of the last {@link #RECENT}
	 */
	public LoadReport recent() {
		Instant since = Instant.now().minus(RECENT);
		return of((result) -> result.due().isAfter(since));
	}

	/**
	 * Returns whether the p99 latency is that of a platform that has compiled its code.
	 * @return whether it is below {@link #CALM_P99}
	 */
	public boolean isCalm() {
		return latencies().p99().compareTo(CALM_P99) < 0;
	}

	@Override
	public String toString() {
		String head = ROW.formatted("call", "results", "p50 ms", "p99 ms", "max ms", "kinds");
		String rows = calls().map((call) -> of((result) -> result.call().equals(call)).row(call))
			.collect(Collectors.joining());
		return head + rows + row("all") + firstFailures();
	}

	private Stream<String> calls() {
		return this.results.stream().map(CallResult::call).distinct().sorted();
	}

	private String row(String name) {
		Latencies latencies = latencies();
		return ROW.formatted(name, this.results.size(), millis(latencies.p50()), millis(latencies.p99()),
				millis(latencies.max()), kinds());
	}

	private String firstFailures() {
		Map<String, @Nullable String> firsts = new TreeMap<>();
		failures().results()
			.stream()
			.sorted((a, b) -> a.due().compareTo(b.due()))
			.forEach((result) -> firsts.putIfAbsent(result.kind() + ", " + result.call(),
					"at %s: %s".formatted(result.due(), result.failure())));
		return firsts.entrySet()
			.stream()
			.map((first) -> "first %s %s%n".formatted(first.getKey(), first.getValue()))
			.collect(Collectors.joining());
	}

	private static String millis(Duration duration) {
		return Long.toString(duration.toMillis());
	}

}
