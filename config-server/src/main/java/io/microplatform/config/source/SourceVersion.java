package io.microplatform.config.source;

import java.util.List;

import io.microplatform.config.rollout.Rollout;
import io.microplatform.config.rollout.RolloutReport;
import io.microplatform.configfiles.FileNote;

/**
 * The newest version of the configuration at a {@link VersionSource}.
 *
 * @param version its name
 * @param problems why it is not a valid version; then no snapshot of it is stored
 * @param leftOut files that look like configuration but are not read
 */
public record SourceVersion(String version, List<FileNote> problems, List<FileNote> leftOut) {

	/**
	 * Rolls this version out, or reports that it is refused because of its problems.
	 * @param rollout rolls it out
	 * @param by who requested it
	 * @param how the way in which it was requested
	 * @return the result, with notes on the files that were left out
	 */
	public RolloutReport rollOut(Rollout rollout, String by, String how) {
		RolloutReport report = this.problems.isEmpty() ? rollout.start(this.version, by, how)
				: rollout.refuse(this.version, this.problems);
		return report.withNotes(this.leftOut);
	}

}
