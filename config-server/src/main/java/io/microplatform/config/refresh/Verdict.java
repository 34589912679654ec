package io.microplatform.config.refresh;

import java.util.List;

import io.microplatform.configfiles.FileNote;
import io.microplatform.instance.configuration.Problem;

/**
 * What an examination of a version says.
 *
 * @param problems why it cannot be taken; empty when it can be
 * @param notes files of which it says nothing, because no instance reads them
 */
record Verdict(List<Problem> problems, List<FileNote> notes) {

	static List<Problem> problems(List<FileNote> files) {
		return files.stream().map((file) -> new Problem(file.file(), file.text())).toList();
	}

}
