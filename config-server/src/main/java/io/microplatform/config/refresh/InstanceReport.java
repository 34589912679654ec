package io.microplatform.config.refresh;

import java.util.List;
import java.util.Set;

import io.microplatform.instance.configuration.Problem;
import io.microplatform.instance.configuration.Report;

/**
 * What became of a refresh at one instance.
 *
 * @param service its service
 * @param instance its name in the registry
 * @param result what became of it
 * @param from the version before
 * @param to the version that it runs with now
 * @param changed the properties that changed
 * @param problems why it did not take it
 * @param via how it was reached
 */
record InstanceReport(String service, String instance, Result result, String from, String to, Set<String> changed,
		List<Problem> problems, Via via) {

	static InstanceReport of(Instance instance, Report report, Via via) {
		return switch (report.result()) {
			case TAKEN -> of(instance, Result.TAKEN, report, report.to(), via);
			// Of one that was asked twice, because it took its time.
			case ACCEPTABLE, UNCHANGED -> of(instance,
					instance.version().equals(report.to()) ? Result.UNCHANGED : Result.TAKEN, report, report.to(), via);
			case REFUSED -> of(instance, Result.REFUSED, report, report.from(), via);
		};
	}

	private static InstanceReport of(Instance instance, Result result, Report report, String to, Via via) {
		return new InstanceReport(instance.service(), instance.id(), result, report.from(), to, report.changed(),
				report.problems(), via);
	}

	static InstanceReport away(Instance instance, String why) {
		return new InstanceReport(instance.service(), instance.id(), Result.AWAY, instance.version(),
				instance.version(), Set.of(), List.of(new Problem("", why)), Via.DIRECT);
	}

	/** This; away, when it runs with another version than the one that was wanted. */
	InstanceReport when(String wanted) {
		if (this.result == Result.REFUSED || this.result == Result.AWAY || this.to.equals(wanted)) {
			return this;
		}
		return new InstanceReport(this.service, this.instance, Result.AWAY, this.from, this.to, this.changed,
				List.of(new Problem("", "runs with %s, which somebody else has published".formatted(this.to))),
				this.via);
	}

	InstanceReport left() {
		return new InstanceReport(this.service, this.instance, Result.LEFT, this.from, this.to, Set.of(), this.problems,
				this.via);
	}

	/** What became of it. */
	enum Result {

		/** It took the version. */
		TAKEN,

		/** It had it. */
		UNCHANGED,

		/** It keeps what it had. */
		REFUSED,

		/** It did not answer, or not with the version. */
		AWAY,

		/** It did not answer, and then was gone from the registry. */
		LEFT

	}

	/** How an instance was reached. */
	enum Via {

		/** By a message to all. */
		BUS,

		/** By a call to itself. */
		DIRECT

	}

}
