package io.microplatform.configfiles;

import java.util.Set;

/**
 * The instances of one service that request their configuration with the same profiles.
 *
 * @param service the name of the service
 * @param profiles the profiles
 */
public record Audience(String service, Set<String> profiles) {

	/**
	 * Whether the config server serves a file to them.
	 * @param file its name
	 * @return whether it is the shared file or that of the service, or one of those for
	 * one of the profiles
	 */
	boolean reads(String file) {
		String name = file.substring(0, file.length() - FileName.SUFFIX.length());
		return isOf("application", name) || isOf(this.service, name);
	}

	private boolean isOf(String owner, String name) {
		return name.equals(owner) || this.profiles.stream().anyMatch((profile) -> name.equals(owner + "-" + profile));
	}

}
