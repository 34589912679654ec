package io.microplatform.local.setup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import io.microplatform.local.server.Secrets;
import io.microplatform.local.service.BusinessServices;

/**
 * The program of the image {@code store-setup}: prepares PostgreSQL, Redis and Kafka in
 * containers as {@code ./platform up} prepares its own. Each of its commands is
 * idempotent, prints a line for each step, and exits with 1 and one line on the first
 * failure.
 * <p>
 * {@code configure} writes the configuration files of the servers, before they start;
 * {@code provide} gives the servers that run their accounts, topics and rights;
 * {@code refresh} has the config server roll out its directory.
 */
public final class StoreSetup {

	private static final String USAGE = "usage: configure | provide | refresh";

	/** As sysexits.h, and as the other programs of the platform. */
	private static final int MISUSE = 2;

	private StoreSetup() {
	}

	public static void main(String[] args) {
		System.exit(run(args, System.getenv()));
	}

	static int run(String[] args, Map<String, String> environment) {
		if (args.length != 1) {
			System.err.println(USAGE);
			return MISUSE;
		}
		try {
			switch (args[0]) {
				case "configure" -> new ConfigurationFiles(secrets(environment), System.out)
					.write(directory(environment, "PLATFORM_SETUP_CONFIGURATION", "/config"));
				case "provide" ->
					new StoreAccounts(StoreAddresses.of(environment), secrets(environment), System.out).provide();
				case "refresh" -> new ConfigurationRefresh(environment, System.out).run();
				default -> {
					System.err.println(USAGE);
					return MISUSE;
				}
			}
			return 0;
		}
		catch (IOException ex) {
			System.err.println("store-setup: " + ex.getMessage());
			return 1;
		}
	}

	private static Secrets secrets(Map<String, String> environment) throws IOException {
		return Secrets.given(directory(environment, "PLATFORM_SETUP_SECRETS", "/run/secrets"),
				BusinessServices.in(directory(environment, "PLATFORM_SETUP_SERVICES", "/app/services")));
	}

	private static Path directory(Map<String, String> environment, String variable, String usual) {
		return Path.of(environment.getOrDefault(variable, usual));
	}

}
