package io.microplatform.acceptance.audit;

import java.util.List;

/**
 * What one look into the books has found.
 *
 * @param check what was looked for, as a sentence that should be true
 * @param counted how many things were looked at
 * @param of what these are
 * @param offences everything that makes the sentence false, each with its id
 */
public record Finding(String check, long counted, String of, List<String> offences) {

	public boolean isClean() {
		return this.offences.isEmpty();
	}

}
