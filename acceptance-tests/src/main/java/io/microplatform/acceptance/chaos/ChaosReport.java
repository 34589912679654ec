package io.microplatform.acceptance.chaos;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.microplatform.acceptance.audit.AuditReport;
import io.microplatform.acceptance.load.Answer;
import io.microplatform.acceptance.load.LoadReport;
import io.microplatform.acceptance.load.Settlement;

/**
 * What came of a run.
 *
 * @param seed with which the same faults strike again
 * @param answers that clients got in the end
 * @param setbacks that they went over before, by kind
 * @param strikes the faults
 * @param settlement what clients were told, against what there is
 * @param audit the books afterwards
 */
public record ChaosReport(long seed, LoadReport answers, Map<String, Long> setbacks, List<Strike> strikes,
		Settlement settlement, AuditReport audit) {

	/**
	 * Whether every acknowledged order was applied exactly once, nobody was told what is
	 * not true, and the books balance.
	 * @return whether the platform has passed
	 */
	public boolean isGood() {
		return this.settlement.contradictions().isEmpty() && this.audit.isClean()
				&& !this.answers.kinds().containsKey(Answer.WRONG);
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder("AT      RECOVERED   FAULT\n");
		for (Strike strike : this.strikes) {
			text.append(String.format(Locale.ROOT, "%5.1f s %8.1f s   %s %s\n", strike.at().toMillis() / 1000.0,
					strike.recovery().toMillis() / 1000.0, strike.fault(), String.join(", ", strike.instances())));
		}
		text.append("\n").append(this.answers);
		text.append("asked again after %s\n".formatted(this.setbacks));
		text.append("\n").append(this.settlement).append("\n").append(this.audit);
		return text.append(String.format(Locale.ROOT, "seed %d: %d faults, %s\n", this.seed, this.strikes.size(),
				isGood() ? "every acknowledged order was applied exactly once" : "FAILED"))
			.toString();
	}

}
