package io.microplatform.config.rollout;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.microplatform.instance.configuration.ConfigurationReport;
import io.microplatform.instance.configuration.ConfigurationReport.Result;
import io.microplatform.instance.configuration.Problem;

/**
 * The report of one instance.
 *
 * @param service name of its service
 * @param instance its id in the registry
 * @param report what it answered, or why there is no answer
 */
record InstanceReport(String service, String instance, @JsonUnwrapped ConfigurationReport report) {

	Result result() {
		return this.report.result();
	}

	/**
	 * An instance applies whatever is published when it reads it. One that answers with
	 * another version has not applied the wanted one.
	 */
	InstanceReport expecting(String version) {
		if (result() == Result.REFUSED || result() == Result.UNREACHABLE || this.report.to().equals(version)) {
			return this;
		}
		return new InstanceReport(this.service, this.instance, ConfigurationReport.unreachable(this.report.to(),
				new Problem("", "runs with %s, which was published meanwhile".formatted(this.report.to()))));
	}

	InstanceReport gone() {
		return new InstanceReport(this.service, this.instance, this.report.with(Result.GONE));
	}

}
