package io.microplatform.lab.drill;

import java.util.List;
import java.util.Locale;

import io.microplatform.lab.audit.AuditReport;
import io.microplatform.lab.load.Latencies;
import io.microplatform.lab.load.LoadReport;
import io.microplatform.lab.load.OrderReconciliation;

/**
 * Report on a drill.
 *
 * @param title the scenario, the number of rounds and the options
 * @param load the results of the users' calls
 * @param phases the phases of the drill
 * @param figures further measurements of the scenario
 * @param violations the violations that the scenario observed
 * @param reconciliation the comparison of the responses with the final orders
 * @param audit the audit after the drill
 */
public record DrillReport(String title, LoadReport load, List<Phase> phases, List<String> figures,
		List<String> violations, OrderReconciliation reconciliation, AuditReport audit) {

	/**
	 * Returns the number of failed requests: those with an error response, with a wrong
	 * response, or without a response.
	 * @return the number of failed requests
	 */
	public int failedRequests() {
		return this.load.failures().results().size();
	}

	/**
	 * Whether no request failed, no phase exceeded its latency limit, no violation was
	 * observed, and neither the reconciliation nor the audit found an error.
	 * @return whether the drill passed
	 */
	public boolean passed() {
		return failedRequests() == 0 && this.violations.isEmpty() && this.reconciliation.discrepancies().isEmpty()
				&& this.audit.isClean() && this.phases.stream().noneMatch((phase) -> phase.isTooSlow(this.load));
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		if (!this.load.results().isEmpty()) {
			text.append("REQUESTS  FAILED  P99 MS  DURING\n");
			this.phases.forEach((phase) -> text.append(row(phase)));
			text.append("\n").append(this.load);
		}
		this.figures.forEach((figure) -> text.append(figure).append("\n"));
		this.violations.forEach((violation) -> text.append("✗ ").append(violation).append("\n"));
		text.append("\n").append(this.reconciliation).append("\n").append(this.audit);
		Latencies latencies = this.load.latencies();
		return text.append(String.format(Locale.ROOT, "%s: %d of %d requests failed, p99 %d ms, max %d ms: %s\n",
				this.title, failedRequests(), this.load.results().size(), latencies.p99().toMillis(),
				latencies.max().toMillis(), passed() ? "passed" : "FAILED"))
			.toString();
	}

	private String row(Phase phase) {
		LoadReport part = phase.of(this.load);
		String tooSlow = phase.isTooSlow(this.load) ? ", exceeds its p99 limit" : "";
		return String.format(Locale.ROOT, "%8d %7d %7d  %s%s\n", part.results().size(),
				part.failures().results().size(), part.latencies().p99().toMillis(), phase.name(), tooSlow);
	}

}
