package io.microplatform.acceptance.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Every answer of a load. As text it is a table, and of each kind of complaint the first.
 *
 * @param answers the answers, in no particular order
 */
public record LoadReport(List<Answer> answers) {

	private static final String ROW = "%-16s %8s %8s %8s %8s  %s%n";

	/**
	 * How many answers of each kind there were.
	 * @return the counts by {@link Answer#kind()}
	 */
	public SortedMap<String, Long> kinds() {
		return this.answers.stream().collect(Collectors.groupingBy(Answer::kind, TreeMap::new, Collectors.counting()));
	}

	public Latencies latencies() {
		return Latencies.ofAnswers(this.answers);
	}

	/**
	 * What was not as it should be.
	 * @return the report of these answers
	 */
	public LoadReport complaints() {
		return of((answer) -> answer.complaint() != null);
	}

	/**
	 * A part of it, such as one kind of call, or those that were due during an outage.
	 * @param part which answers belong to it
	 * @return the report of these
	 */
	public LoadReport of(Predicate<Answer> part) {
		return new LoadReport(this.answers.stream().filter(part).toList());
	}

	@Override
	public String toString() {
		String head = ROW.formatted("call", "answers", "p50 ms", "p99 ms", "max ms", "kinds");
		String rows = calls().map((call) -> of((answer) -> answer.call().equals(call)).row(call))
			.collect(Collectors.joining());
		return head + rows + row("all") + firstComplaints();
	}

	private Stream<String> calls() {
		return this.answers.stream().map(Answer::call).distinct().sorted();
	}

	private String row(String name) {
		Latencies latencies = latencies();
		return ROW.formatted(name, this.answers.size(), millis(latencies.p50()), millis(latencies.p99()),
				millis(latencies.max()), kinds());
	}

	private String firstComplaints() {
		Map<String, @Nullable String> firsts = new TreeMap<>();
		complaints().answers()
			.stream()
			.sorted((a, b) -> a.due().compareTo(b.due()))
			.forEach((answer) -> firsts.putIfAbsent(answer.kind() + ", " + answer.call(),
					"at %s: %s".formatted(answer.due(), answer.complaint())));
		return firsts.entrySet()
			.stream()
			.map((first) -> "first %s %s%n".formatted(first.getKey(), first.getValue()))
			.collect(Collectors.joining());
	}

	private static String millis(Duration duration) {
		return Long.toString(duration.toMillis());
	}

}
