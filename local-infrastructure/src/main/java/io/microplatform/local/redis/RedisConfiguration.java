package io.microplatform.local.redis;

import java.util.Locale;

/**
 * The server's {@code redis.conf}: the same limits and accounts as a local process and in
 * a container.
 */
public final class RedisConfiguration {

	private static final String SETTINGS = """
			# Where it runs: no name of a directory has to be quoted.
			dir .
			daemonize no
			# Each write is with the system before it is answered: nothing is lost when Redis dies. When the machine
			# dies, the last half minute may be. (everysec puts writes off while the disk is slow.)
			appendonly yes
			appendfsync no
			# The log above is the copy on disk; a second one would only cost writes.
			save ""
			# A cache: when it is full the least recently used goes.
			maxmemory 64mb
			maxmemory-policy allkeys-lru
			""";

	private RedisConfiguration() {
	}

	static String local(int port, RedisAccounts accounts) {
		return String.format(Locale.ROOT, """
				bind 127.0.0.1
				port %d
				""", port) + SETTINGS + accounts.lines();
	}

	/** The configuration in a container, which accepts connections from its networks. */
	public static String container(RedisAccounts accounts) {
		return """
				bind 0.0.0.0
				port 6379
				# Every client authenticates: the default user is off.
				protected-mode no
				""" + SETTINGS + accounts.lines();
	}

}
