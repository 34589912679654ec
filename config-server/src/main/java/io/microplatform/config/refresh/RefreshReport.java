package io.microplatform.config.refresh;

import java.util.List;

import io.microplatform.instance.configuration.Problem;

/**
 * What became of a refresh.
 *
 * @param outcome what became of it
 * @param version the version that was to be brought
 * @param previous the version before
 * @param problems why it was refused, or went back
 * @param instances what became of it at each instance
 */
public record RefreshReport(Outcome outcome, String version, String previous, List<Problem> problems,
		List<InstanceReport> instances) {
}
