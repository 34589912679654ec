package io.microplatform.local.server;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.microplatform.local.file.AtomicFile;
import io.microplatform.local.file.Directories;
import io.microplatform.local.service.BusinessServices;
import org.jspecify.annotations.Nullable;

/**
 * The platform's generated secrets. A secret is generated once and then kept; a secret
 * that is missing is added. The file is readable by its owner only, and can be sourced by
 * a shell. It also holds the e-mail address of the first administrator.
 */
public final class Secrets {

	/** The name of the first administrator's e-mail address. */
	public static final String ADMIN_EMAIL = "PLATFORM_ADMIN_EMAIL";

	private static final String DEFAULT_ADMIN_EMAIL = "admin@example.org";

	/** The server whose data cannot be made anew. */
	private static final String DATABASE = "postgresql";

	private static final int LENGTH = 40;

	private static final int SHORTEST = 16;

	private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

	private static final Pattern LINE = Pattern.compile(String.format(Locale.ROOT,
			"(PLATFORM_[A-Z0-9_]+)=([A-Za-z0-9]{%d,}|(?<=%s=)[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+)", SHORTEST, ADMIN_EMAIL));

	/** What every platform has, whatever its services are. */
	private static final List<String> NAMES = List.of("PLATFORM_DISCOVERY_PASSWORD", "PLATFORM_CONFIG_PASSWORD",
			"PLATFORM_TOKENS_SECRET", "PLATFORM_ADMIN_PASSWORD", "PLATFORM_DATABASE_ADMIN_PASSWORD",
			"PLATFORM_REDIS_ADMIN_PASSWORD", "PLATFORM_REDIS_API_GATEWAY_PASSWORD", "PLATFORM_KAFKA_ADMIN_PASSWORD",
			"PLATFORM_CONFIG_GIT_WEBHOOK_SECRET", "PLATFORM_DEMO_PASSWORD", "PLATFORM_DATABASE_EXPORTER_PASSWORD",
			"PLATFORM_REDIS_EXPORTER_PASSWORD", "PLATFORM_GRAFANA_PASSWORD", "PLATFORM_MANAGEMENT_PASSWORD",
			"PLATFORM_ADMIN_SERVER_PASSWORD");

	private static final Pattern FILE_NAME = Pattern.compile("PLATFORM_[A-Z0-9_]+");

	/** The accounts of PostgreSQL, Redis and Kafka, besides those of services. */
	private static final List<String> OF_SERVERS = NAMES.stream()
		.filter((name) -> name.matches("PLATFORM_(DATABASE|REDIS|KAFKA)_.*"))
		.toList();

	/** The servers on which each service has an account. */
	private static final List<String> SERVERS = List.of("DATABASE", "REDIS", "KAFKA");

	/**
	 * What the data were made with, or what is kept with them: another value opens
	 * nothing.
	 */
	private static final List<String> BOUND_TO_THE_DATA = List.of("PLATFORM_DATABASE_ADMIN_PASSWORD",
			"PLATFORM_TOKENS_SECRET", "PLATFORM_ADMIN_PASSWORD", "PLATFORM_DEMO_PASSWORD");

	private final Map<String, String> values;

	private final BusinessServices services;

	private Secrets(Map<String, String> values, BusinessServices services) {
		this.values = values;
		this.services = services;
	}

	/**
	 * Reads the secrets, generating those of the platform itself that are missing.
	 * Passwords of services are there if they have been generated before.
	 * @throws IOException as {@link #in(StateDirectory, BusinessServices)}
	 */
	public static Secrets in(StateDirectory state) throws IOException {
		return in(state, BusinessServices.NONE);
	}

	/**
	 * Reads the secrets, generating those that are missing.
	 * @param services each of them has a password for each server
	 * @throws IOException when the file cannot be read or written, has a line that is not
	 * {@code NAME=value} with letters and digits only, or lacks what the data were made
	 * with
	 */
	public static Secrets in(StateDirectory state, BusinessServices services) throws IOException {
		Path file = state.secrets();
		Map<String, String> values = read(state);
		int known = values.size();
		SecureRandom random = new SecureRandom();
		names(services).forEach((name) -> values.computeIfAbsent(name, (missing) -> generate(random)));
		values.putIfAbsent(ADMIN_EMAIL, DEFAULT_ADMIN_EMAIL);
		if (values.size() > known) {
			StateDirectory.writeSecret(file,
					values.entrySet()
						.stream()
						.map((entry) -> entry.getKey() + "=" + entry.getValue() + "\n")
						.collect(Collectors.joining()));
		}
		return new Secrets(values, services);
	}

	/**
	 * Reads secrets that others have made, and makes none.
	 * @param directory a directory with a file for each secret, which has its name
	 * @param services each of them has a password for each server
	 * @throws IOException when a file cannot be read, has other characters than letters
	 * and digits, is too short, or is missing although PostgreSQL, Redis or Kafka needs
	 * it
	 */
	public static Secrets given(Path directory, BusinessServices services) throws IOException {
		StringBuilder lines = new StringBuilder();
		for (Path file : Directories.list(directory)) {
			String name = String.valueOf(file.getFileName());
			if (FILE_NAME.matcher(name).matches()) {
				String line = name + "=" + new AtomicFile(file).read().orElse("").strip();
				if (!LINE.matcher(line).matches()) {
					throw new IOException(String.format(Locale.ROOT,
							"%s must have at least %d letters and digits, and nothing else", file, SHORTEST));
				}
				lines.append(line).append('\n');
			}
		}
		Map<String, String> values = parse(lines.toString(), directory);
		List<String> missing = Stream.concat(OF_SERVERS.stream(), passwordNames(services))
			.filter((name) -> !values.containsKey(name))
			.toList();
		if (!missing.isEmpty()) {
			throw new IOException(directory + " lacks " + String.join(", ", missing));
		}
		return new Secrets(values, services);
	}

	private static Stream<String> names(BusinessServices services) {
		return Stream.concat(NAMES.stream(), passwordNames(services));
	}

	private static Stream<String> passwordNames(BusinessServices services) {
		return SERVERS.stream()
			.flatMap((server) -> services.names().stream().map((service) -> passwordName(server, service)));
	}

	/**
	 * Reads the secrets and writes nothing.
	 * @throws IOException as {@link #in(StateDirectory, BusinessServices)}
	 */
	public static void check(StateDirectory state) throws IOException {
		read(state);
	}

	private static Map<String, String> read(StateDirectory state) throws IOException {
		Path file = state.secrets();
		String content = new AtomicFile(file).read().orElse("");
		Map<String, String> values = parse(content, file);
		requireThoseOf(state.data(DATABASE), values, content, file);
		return values;
	}

	/**
	 * Where there are data, a file that is gone, empty or cut off is not completed: what
	 * is missing cannot be made up.
	 */
	private static void requireThoseOf(Path data, Map<String, String> values, String content, Path file)
			throws IOException {
		if (Directories.list(data).isEmpty()) {
			return;
		}
		String way = ": bring back the file that belongs to the data in " + data
				+ ", or delete the data with `./platform down --purge`";
		List<String> missing = BOUND_TO_THE_DATA.stream().filter((name) -> !values.containsKey(name)).toList();
		if (!missing.isEmpty()) {
			throw new IOException(file + " lacks " + String.join(", ", missing) + way);
		}
		if (!content.endsWith("\n")) {
			throw new IOException(file + " is cut off: its last line has no end" + way);
		}
	}

	private static Map<String, String> parse(String content, Path file) throws IOException {
		Map<String, String> values = new LinkedHashMap<>();
		int number = 0;
		for (String line : content.lines().toList()) {
			number++;
			var matcher = LINE.matcher(line);
			if (matcher.matches()) {
				values.put(matcher.group(1), matcher.group(2));
			}
			else if (!line.isBlank() && !line.startsWith("#")) {
				throw new IOException(String.format(Locale.ROOT,
						"%s: line %d is not NAME=value with at least %d letters and digits", file, number, SHORTEST));
			}
		}
		return values;
	}

	private static String generate(SecureRandom random) {
		return random.ints(LENGTH, 0, ALPHABET.length())
			.mapToObj((index) -> String.valueOf(ALPHABET.charAt(index)))
			.collect(Collectors.joining());
	}

	/** The secret with that name, which must be one of the platform's. */
	public String get(String name) {
		@Nullable String value = this.values.get(name);
		if (value == null) {
			throw new IllegalArgumentException("no secret is called " + name);
		}
		return value;
	}

	/**
	 * The password of an account on one of the servers.
	 * @param server {@code DATABASE}, {@code REDIS} or {@code KAFKA}
	 * @param account {@code admin}, {@code exporter} or the name of a client
	 */
	public String password(String server, String account) {
		return get(passwordName(server, account));
	}

	private static String passwordName(String server, String account) {
		return "PLATFORM_%s_%s_PASSWORD".formatted(server, account.replace('-', '_').toUpperCase(Locale.ROOT));
	}

	/** The services that have an account on each server. */
	public BusinessServices services() {
		return this.services;
	}

}
