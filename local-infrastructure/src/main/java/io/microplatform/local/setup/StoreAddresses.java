package io.microplatform.local.setup;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses of the servers, as {@code host:port}. The defaults are the names of the
 * services in {@code compose.yaml}.
 *
 * @param database the address of PostgreSQL
 * @param redis the address of Redis
 * @param kafka the address of Kafka
 */
record StoreAddresses(String database, String redis, String kafka) {

	private static final Pattern ADDRESS = Pattern.compile("(.+):(\\d{1,5})");

	static StoreAddresses of(Map<String, String> environment) throws IOException {
		return new StoreAddresses(address(environment, "PLATFORM_SETUP_DATABASE", "postgresql:5432"),
				address(environment, "PLATFORM_SETUP_REDIS", "redis:6379"),
				address(environment, "PLATFORM_SETUP_KAFKA", "kafka:9092"));
	}

	private static String address(Map<String, String> environment, String variable, String usual) throws IOException {
		String address = environment.getOrDefault(variable, usual);
		if (!ADDRESS.matcher(address).matches()) {
			throw new IOException("invalid address '%s' in %s: must be host:port".formatted(address, variable));
		}
		return address;
	}

	String databaseUrl() {
		return "jdbc:postgresql://%s/postgres".formatted(this.database);
	}

	/**
	 * Resolved anew at each call: the name of a container that starts is not known yet.
	 */
	InetSocketAddress redisAddress() {
		Matcher parts = ADDRESS.matcher(this.redis);
		if (!parts.matches()) {
			throw new IllegalStateException(this.redis);
		}
		return new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2)));
	}

}
