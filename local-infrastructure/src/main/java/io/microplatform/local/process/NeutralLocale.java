package io.microplatform.local.process;

import java.util.List;
import java.util.Map;

/**
 * The language and time zone of every process that the platform starts. Neither follows
 * the user's: digits and letters' cases in what programs read are the same on every
 * machine, and PostgreSQL refuses a session in a zone that it does not know.
 */
public final class NeutralLocale {

	/** For JVMs, whose drivers send their zone to servers. */
	public static final List<String> JVM_FLAGS = List.of("-Duser.language=en", "-Duser.country=US",
			"-Duser.timezone=UTC");

	/**
	 * For all programs. Their encoding is this JVM's, so that they find files by the
	 * names that it gives them.
	 */
	static final Map<String, String> VARIABLES = Map.of("TZ", "UTC");

	private NeutralLocale() {
	}

}
