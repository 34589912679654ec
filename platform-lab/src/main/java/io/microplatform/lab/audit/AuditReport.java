package io.microplatform.lab.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import tools.jackson.databind.json.JsonMapper;

/**
 * Report of an audit.
 *
 * @param findings the finding of each check
 * @param took the duration of the audit
 */
public record AuditReport(List<AuditFinding> findings, Duration took) {

	/**
	 * Maximum number of violations per finding in the text; {@code --json} contains all.
	 */
	private static final int SHOWN = 20;

	/**
	 * Runs an audit.
	 * @param audit the audit
	 * @return the report
	 */
	public static AuditReport of(PlatformAudit audit) {
		long begin = System.nanoTime();
		List<AuditFinding> findings = audit.findings();
		return new AuditReport(findings, Duration.ofNanos(System.nanoTime() - begin));
	}

	/**
	 * Returns the report on a platform whose stores cannot be read. It has no findings.
	 * @return the report
	 */
	public static AuditReport notAudited() {
		return new AuditReport(List.of(), Duration.ZERO);
	}

	public boolean isClean() {
		return this.findings.stream().allMatch(AuditFinding::isClean);
	}

	/**
	 * Returns the report in machine-readable form.
	 * @return one line of JSON
	 */
	public String json() {
		return JsonMapper.shared()
			.writeValueAsString(Map.of("clean", isClean(), "seconds", seconds(), "findings", this.findings));
	}

	/**
	 * Returns the number of violations of each check, and the time of the audit, as
	 * metrics.
	 * @param at when the audit ended
	 * @return text in Prometheus's exposition format
	 */
	public String metrics(Instant at) {
		String counts = this.findings.stream()
			.map((finding) -> String.format(Locale.ROOT, "platform_audit_findings{check=\"%s\"} %d\n", finding.name(),
					finding.offences().size()))
			.collect(Collectors.joining());
		return String.format(Locale.ROOT, """
				# HELP platform_audit_findings Violations that the last audit found.
				# TYPE platform_audit_findings gauge
				%s# HELP platform_audit_timestamp_seconds When the last audit ended.
				# TYPE platform_audit_timestamp_seconds gauge
				platform_audit_timestamp_seconds %d
				""", counts, at.getEpochSecond());
	}

	@Override
	public String toString() {
		if (this.findings.isEmpty()) {
			return "not audited: the stores are unknown\n";
		}
		StringBuilder text = new StringBuilder();
		for (AuditFinding finding : this.findings) {
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

	/**
	 * Replaces control characters, because a violation may quote arbitrary bytes of a
	 * message.
	 */
	private static String printable(String offence) {
		return offence.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
	}

	private double seconds() {
		return this.took.toMillis() / 1000.0;
	}

}
