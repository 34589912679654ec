package io.microplatform.lab.chaos;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.microplatform.lab.audit.AuditReport;
import io.microplatform.lab.load.CallResult;
import io.microplatform.lab.load.LoadReport;
import io.microplatform.lab.load.OrderReconciliation;

/**
 * Report on a chaos run.
 *
 * @param seed the seed, which reproduces the same faults
 * @param load the results of the users' calls after retries
 * @param retries the number of retries by cause
 * @param faults the injected faults
 * @param reconciliation the comparison of the responses with the final orders
 * @param audit the audit after the run
 */
public record ChaosReport(long seed, LoadReport load, Map<String, Long> retries, List<InjectedFault> faults,
		OrderReconciliation reconciliation, AuditReport audit) {

	/**
	 * Whether every acknowledged order was applied exactly once, no response was wrong,
	 * and the audit found no error.
	 * @return whether the platform passed
	 */
	public boolean passed() {
		return this.reconciliation.discrepancies().isEmpty() && this.audit.isClean()
				&& !this.load.kinds().containsKey(CallResult.WRONG);
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder("AT      RECOVERED   FAULT\n");
		for (InjectedFault injected : this.faults) {
			text.append(String.format(Locale.ROOT, "%5.1f s %8.1f s   %s %s\n", injected.at().toMillis() / 1000.0,
					injected.recovery().toMillis() / 1000.0, injected.fault(),
					String.join(", ", injected.instances())));
		}
		text.append("\n").append(this.load);
		text.append("retries by cause: %s\n".formatted(this.retries));
		text.append("\n").append(this.reconciliation).append("\n").append(this.audit);
		return text.append(String.format(Locale.ROOT, "seed %d: %d faults, %s\n", this.seed, this.faults.size(),
				passed() ? "every acknowledged order was applied exactly once" : "FAILED"))
			.toString();
	}

}
