package io.microplatform.configfiles;

import java.util.List;
import java.util.Locale;

/**
 * What the name of a file says about it.
 *
 * @param name the last part of its path
 */
record FileName(String name) {

	static final String SUFFIX = ".yml";

	/** Endings that other readers of configuration know. */
	private static final List<String> ALIKE = List.of(SUFFIX, ".yaml", ".properties");

	/** A lock, copy or note of an editor or of the operating system. */
	boolean isHidden() {
		return this.name.startsWith(".") || this.name.startsWith("#") || this.name.endsWith("~");
	}

	boolean isConfiguration() {
		return this.name.endsWith(SUFFIX) && !isHidden();
	}

	/** Whether its author may take it for configuration. */
	boolean isMeantAsConfiguration() {
		String lower = this.name.toLowerCase(Locale.ROOT);
		return !isHidden() && ALIKE.stream().anyMatch(lower::endsWith);
	}

}
