package io.microplatform.config.refresh;

import java.util.List;
import java.util.stream.Stream;

import io.microplatform.configfiles.FileNote;
import io.microplatform.instance.configuration.Problem;

/**
 * What became of a refresh.
 *
 * @param outcome what became of it
 * @param version the version that was to be brought
 * @param previous the version before
 * @param problems why it was refused, or went back
 * @param instances what became of it at each instance
 * @param notes files that are not read, or not by any instance
 */
public record RefreshReport(Outcome outcome, String version, String previous, List<Problem> problems,
		List<InstanceReport> instances, List<FileNote> notes) {

	/**
	 * Adds notes.
	 * @param more to be put before the others
	 * @return a report with all of them
	 */
	public RefreshReport withNotes(List<FileNote> more) {
		List<FileNote> all = Stream.concat(more.stream(), this.notes.stream()).toList();
		return new RefreshReport(this.outcome, this.version, this.previous, this.problems, this.instances, all);
	}

}
