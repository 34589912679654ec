package io.microplatform.acceptance.audit;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/**
 * What an audit says.
 *
 * @param findings of each check
 * @param took how long it took
 */
public record AuditReport(List<Finding> findings, Duration took) {

	/** More than that nobody reads; {@code --json} has all. */
	private static final int SHOWN = 20;

	/**
	 * Looks into the books.
	 * @param books the books
	 * @return what they say
	 */
	public static AuditReport of(Books books) {
		long begin = System.nanoTime();
		List<Finding> findings = books.audit();
		return new AuditReport(findings, Duration.ofNanos(System.nanoTime() - begin));
	}

	public boolean isClean() {
		return this.findings.stream().allMatch(Finding::isClean);
	}

	/**
	 * The report for programs.
	 * @return one line of JSON
	 */
	public String json() {
		return JsonMapper.shared()
			.writeValueAsString(Map.of("clean", isClean(), "seconds", seconds(), "findings", this.findings));
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		for (Finding finding : this.findings) {
			text.append(String.format(Locale.ROOT, "%s %s (%,d %s)\n", finding.isClean() ? "✓" : "✗", finding.check(),
					finding.counted(), finding.of()));
			finding.offences()
				.stream()
				.limit(SHOWN)
				.forEach((offence) -> text.append("    " + printable(offence) + "\n"));
			if (finding.offences().size() > SHOWN) {
				text.append(String.format(Locale.ROOT, "    and %,d more\n", finding.offences().size() - SHOWN));
			}
		}
		return text
			.append(String.format(Locale.ROOT, "%s after %.1f s\n",
					isClean() ? "the books balance," : "the books do not balance,", seconds()))
			.toString();
	}

	/** An offence may quote what anybody wrote to a topic. */
	private static String printable(String offence) {
		return offence.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
	}

	private double seconds() {
		return this.took.toMillis() / 1000.0;
	}

}
