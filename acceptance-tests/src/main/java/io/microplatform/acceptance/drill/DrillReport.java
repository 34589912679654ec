package io.microplatform.acceptance.drill;

import java.util.List;
import java.util.Locale;

import io.microplatform.acceptance.audit.AuditReport;
import io.microplatform.acceptance.load.Latencies;
import io.microplatform.acceptance.load.LoadReport;
import io.microplatform.acceptance.load.Settlement;

/**
 * What came of an exercise.
 *
 * @param title what was done, and how often
 * @param answers what users got
 * @param phases what was done when
 * @param objections what was seen that should not be
 * @param settlement what users were told, against what there is
 * @param audit the books afterwards
 */
public record DrillReport(String title, LoadReport answers, List<Phase> phases, List<String> objections,
		Settlement settlement, AuditReport audit) {

	/**
	 * How many requests failed: got no answer, or another one than they should.
	 * @return the number
	 */
	public int failed() {
		return this.answers.complaints().answers().size();
	}

	/**
	 * Whether no request failed, none waited longer than it may, nothing was seen that
	 * should not be, and the books balance.
	 * @return whether the platform has passed
	 */
	public boolean isGood() {
		return failed() == 0 && this.objections.isEmpty() && this.settlement.contradictions().isEmpty()
				&& this.audit.isClean() && this.phases.stream().noneMatch((phase) -> phase.isTooSlow(this.answers));
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder("REQUESTS  FAILED  P99 MS  DURING\n");
		this.phases.forEach((phase) -> text.append(row(phase)));
		text.append("\n").append(this.answers);
		this.objections.forEach((objection) -> text.append("✗ ").append(objection).append("\n"));
		text.append("\n").append(this.settlement).append("\n").append(this.audit);
		Latencies latencies = this.answers.latencies();
		return text.append(String.format(Locale.ROOT, "%s: %d of %d requests failed, p99 %d ms, max %d ms: %s\n",
				this.title, failed(), this.answers.answers().size(), latencies.p99().toMillis(),
				latencies.max().toMillis(), isGood() ? "passed" : "FAILED"))
			.toString();
	}

	private String row(Phase phase) {
		LoadReport part = phase.of(this.answers);
		String tooSlow = phase.isTooSlow(this.answers) ? ", slower than it may" : "";
		return String.format(Locale.ROOT, "%8d %7d %7d  %s%s\n", part.answers().size(),
				part.complaints().answers().size(), part.latencies().p99().toMillis(), phase.what(), tooSlow);
	}

}
