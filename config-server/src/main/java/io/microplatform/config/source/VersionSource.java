package io.microplatform.config.source;

/**
 * A place from which this server takes versions by itself: a Git repository or a
 * directory.
 */
public interface VersionSource {

	/**
	 * The name of this source in log messages.
	 * @return the name
	 */
	String name();

	/**
	 * Reads the newest version, and stores it if it is valid.
	 * @return the version, valid or not
	 * @throws NoVersionException if the source has no version
	 */
	SourceVersion newest();

	/**
	 * Returns whether a version comes from this source.
	 * @param version the name of a published version
	 * @return whether it is one of this source
	 */
	boolean isOf(String version);

}
