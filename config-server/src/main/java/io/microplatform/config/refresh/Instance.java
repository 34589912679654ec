package io.microplatform.config.refresh;

import java.net.URI;

/**
 * An instance as the registry names it.
 *
 * @param service its service's name
 * @param id its name in the registry
 * @param run tells this run of it from those before
 * @param version of the configuration that it runs with, as it said last
 * @param endpoint where it takes another one
 */
record Instance(String service, String id, String run, String version, URI endpoint) {

	/** What names this run of it, and no other. */
	String key() {
		return this.id + " " + this.run;
	}

	/** Whether it is another look at the same run. */
	boolean isSameRunAs(Instance other) {
		return key().equals(other.key());
	}

}
