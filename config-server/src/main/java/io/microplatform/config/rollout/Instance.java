package io.microplatform.config.rollout;

import java.net.URI;

/**
 * An instance as it is registered.
 *
 * @param service name of its service
 * @param id its id in the registry
 * @param run distinguishes runs of the instance: its process id in local mode
 * @param version of the configuration that it last registered
 * @param endpoint its actuator endpoint {@code configuration}
 */
record Instance(String service, String id, String run, String version, URI endpoint) {

	/** Identifies this run of the instance. */
	String key() {
		return this.id + " " + this.run;
	}

}
