package io.microplatform.lab.audit;

import java.util.List;

/**
 * Result of one check.
 *
 * @param name the name of the check, as metrics have it
 * @param check the checked invariant, as a sentence
 * @param counted the number of checked items
 * @param of what the items are
 * @param offences descriptions of all violations, each with an id
 */
public record AuditFinding(String name, String check, long counted, String of, List<String> offences) {

	public boolean isClean() {
		return this.offences.isEmpty();
	}

}
