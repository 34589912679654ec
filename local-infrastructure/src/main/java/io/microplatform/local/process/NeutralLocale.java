package io.microplatform.local.process;

import java.util.List;
import java.util.Map;

/**
 * The language and time zone of every process that the platform starts. They do not
 * follow the user's: digits and the case of letters are the same on every machine, and
 * PostgreSQL rejects sessions in a time zone that it does not know.
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
