package io.microplatform.local.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.microplatform.local.file.Directories;
import io.microplatform.local.process.Command;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.Launcher;
import io.microplatform.local.server.Programs;
import io.microplatform.local.server.Secrets;
import io.microplatform.local.server.Server;
import io.microplatform.local.server.StateDirectory;

/**
 * A Redis server that keeps its data. Every client authenticates; the gateway and each
 * service can access only keys and channels that start with their name and a colon. The
 * account of a service that is added later is created while the server runs.
 */
public final class Redis extends Server {

	public static final String NAME = "redis";

	/** May do everything. */
	public static final String ADMIN = "admin";

	/** May read the server's state, for metrics, with the arguments of slow commands. */
	public static final String EXPORTER = "exporter";

	private static final String EXPORTER_RIGHTS = "-@all +ping +info +dbsize +config|get +slowlog|get +slowlog|len"
			+ " +latency|latest +client|list +client|setname";

	/**
	 * Commands on data, scripts and one's own connection. INFO is there for the health
	 * check, CLIENT for the names that drivers give their connections.
	 */
	private static final String RIGHTS = "+@all -@admin -@dangerous -@keyspace +del +unlink +exists +expire +pexpire"
			+ " +expireat +pexpireat +ttl +pttl +persist +type +scan +touch +rename +renamenx -script +script|load"
			+ " +script|exists +info +client|setname +client|getname +client|id +client|setinfo +client|reply";

	private static final String CONFIGURATION = "redis.conf";

	/** Where files are kept that it could not read. */
	private static final String DAMAGED = "damaged";

	private static final String WELL = "+PONG";

	private static final String DONE = "+OK";

	/** The client besides the services. */
	private static final String GATEWAY = "api-gateway";

	/** It still reads its data. */
	private static final String LOADING = "-LOADING";

	private static final int ANSWER_MILLIS = 1000;

	private final StateDirectory state;

	private final Programs programs;

	private final Secrets secrets;

	public Redis(int port, StateDirectory state, Programs programs, Secrets secrets, Launcher launcher) {
		super(Instance.of(NAME, port, "redis"), state.logs(), launcher);
		this.state = state;
		this.programs = programs;
		this.secrets = secrets;
	}

	public String adminPassword() {
		return this.secrets.password("REDIS", ADMIN);
	}

	/** How a client reaches it: properties {@code platform.redis.*}. */
	public Map<String, String> propertiesFor(String client) {
		return Map.of("platform.redis.host", host(), "platform.redis.port", Integer.toString(port()),
				"platform.redis.username", client, "platform.redis.password", this.secrets.password("REDIS", client));
	}

	@Override
	protected Command prepare() throws IOException {
		Path data = this.state.data(NAME);
		StateDirectory.createOwnerOnly(data);
		Path file = data.resolve(CONFIGURATION);
		StateDirectory.writeSecret(file, configuration());
		Path program = RedisProgram.extract(this.programs, this.state.programs());
		return new Command(List.of(program.toString(), file.toString()), Map.of(), data);
	}

	private String configuration() {
		String clients = clients().map((client) -> "user %s %s\n".formatted(client, account(client)))
			.collect(Collectors.joining());
		return String.format(Locale.ROOT, """
				bind 127.0.0.1
				port %d
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
				user default off
				user %s on #%s ~* &* +@all
				user %s on #%s resetkeys resetchannels %s
				%s""", port(), ADMIN, sha256(adminPassword()), EXPORTER,
				sha256(this.secrets.password("REDIS", EXPORTER)), EXPORTER_RIGHTS, clients);
	}

	private Stream<String> clients() {
		return Stream.concat(Stream.of(GATEWAY), this.secrets.services().names().stream());
	}

	private String account(String client) {
		return "on #%s resetkeys ~%s:* resetchannels &%s:* %s".formatted(sha256(this.secrets.password("REDIS", client)),
				client, client, RIGHTS);
	}

	/**
	 * It is a cache: when a power failure has damaged its files it begins anew, and they
	 * are kept beside.
	 */
	@Override
	protected Optional<String> setDataAside() throws IOException {
		Path data = this.state.data(NAME);
		Path aside = data.resolve(DAMAGED);
		List<Path> files = dataIn(data);
		if (files.isEmpty()) {
			return Optional.empty();
		}
		Directories.delete(aside);
		StateDirectory.createOwnerOnly(aside);
		move(files, aside);
		return Optional
			.of("redis could not read " + names(files) + ", and begins without data; damaged files are in " + aside);
	}

	@Override
	protected void bringDataBack() throws IOException {
		Path data = this.state.data(NAME);
		for (Path begun : dataIn(data)) {
			if (Files.exists(data.resolve(DAMAGED).resolve(begun.getFileName()))) {
				Files.delete(begun);
			}
		}
		move(Directories.list(data.resolve(DAMAGED)), data);
	}

	private static List<Path> dataIn(Path directory) throws IOException {
		return Directories.list(directory)
			.stream()
			.filter((file) -> !file.endsWith(DAMAGED) && !file.endsWith(CONFIGURATION))
			.sorted()
			.toList();
	}

	private static String names(List<Path> files) {
		return files.stream().map((file) -> file.getFileName().toString()).collect(Collectors.joining(", "));
	}

	private static void move(List<Path> files, Path directory) throws IOException {
		for (Path file : files) {
			Files.move(file, directory.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
		}
	}

	private static String sha256(String password) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A refusal, of the password for example, counts as ready: waiting does not correct
	 * it, and provisioning reports it.
	 */
	@Override
	protected boolean isReady() {
		try {
			String answer = command(ADMIN, adminPassword(), "PING");
			return answer.equals(WELL) || (answer.startsWith("-") && !answer.startsWith(LOADING));
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Gives each client the account that the configuration has, which a server that runs
	 * has read earlier. Connections that are open stay authenticated.
	 */
	@Override
	protected void provision() throws IOException {
		String answer = command(ADMIN, adminPassword(), "PING");
		if (!answer.equals(WELL)) {
			throw new IOException("redis refuses the administrator: " + withoutSign(answer));
		}
		for (String client : clients().toList()) {
			String change = command(ADMIN, adminPassword(),
					"ACL SETUSER %s reset %s".formatted(client, account(client)));
			if (!change.equals(DONE)) {
				throw new IOException("redis refuses the account of %s: %s".formatted(client, withoutSign(change)));
			}
		}
	}

	private static String withoutSign(String answer) {
		return answer.substring(Math.min(1, answer.length()));
	}

	/**
	 * Runs one command and returns the first line of the answer as it came; a line that
	 * begins with a minus is an error.
	 */
	public String command(String user, String password, String command) throws IOException {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), ANSWER_MILLIS);
			socket.setSoTimeout(ANSWER_MILLIS);
			BufferedReader answers = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
			socket.getOutputStream()
				.write("AUTH %s %s\r\n%s\r\n".formatted(user, password, command).getBytes(StandardCharsets.UTF_8));
			String greeting = String.valueOf(answers.readLine());
			return greeting.startsWith("-") ? greeting : String.valueOf(answers.readLine());
		}
	}

}
