package io.microplatform.config.rollout;

import java.util.List;
import java.util.stream.Stream;

import io.microplatform.configfiles.FileNote;
import io.microplatform.instance.configuration.Problem;

/**
 * The result of a rollout.
 *
 * @param outcome whether every instance runs with the version
 * @param version the version to roll out
 * @param previous the version that was published before
 * @param problems why the version was refused or rolled back
 * @param instances a report for each instance that was asked
 * @param notes files that no instance reads
 */
public record RolloutReport(Outcome outcome, String version, String previous, List<Problem> problems,
		List<InstanceReport> instances, List<FileNote> notes) {

	/**
	 * Reports a version that was not published.
	 * @param version the version
	 * @param previous the version that stays published
	 * @param problems why it was refused
	 * @param notes files that no instance reads
	 * @return the report
	 */
	public static RolloutReport refused(String version, String previous, List<Problem> problems, List<FileNote> notes) {
		return new RolloutReport(Outcome.REFUSED, version, previous, problems, List.of(), notes);
	}

	/**
	 * Adds notes.
	 * @param more to be put before the others
	 * @return a report with all of them
	 */
	public RolloutReport withNotes(List<FileNote> more) {
		return new RolloutReport(this.outcome, this.version, this.previous, this.problems, this.instances,
				Stream.concat(more.stream(), this.notes.stream()).toList());
	}

	/** Whether every instance runs with the version. */
	public enum Outcome {

		/** Every instance runs with the version. */
		DONE,

		/** The validation failed. The version was not published and nothing changed. */
		REFUSED,

		/**
		 * An instance refused the published version. The previous one is published again.
		 */
		ROLLED_BACK,

		/**
		 * The version is published, but some instances did not answer. The
		 * {@link ReconciliationLoop} updates them when they do.
		 */
		INCOMPLETE

	}

}
