package io.microplatform.local.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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

	private static final String CONFIGURATION = "redis.conf";

	/** Where files are kept that it could not read. */
	private static final String DAMAGED = "damaged";

	/** It still reads its data. */
	private static final String LOADING = "-LOADING";

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
		StateDirectory.writeSecret(file, RedisConfiguration.local(port(), accounts()));
		Path program = RedisProgram.extract(this.programs, this.state.programs());
		return new Command(List.of(program.toString(), file.toString()), Map.of(), data);
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

	/**
	 * A refusal, of the password for example, counts as ready: waiting does not correct
	 * it, and provisioning reports it.
	 */
	@Override
	protected boolean isReady() {
		try {
			String answer = command(ADMIN, adminPassword(), "PING");
			return answer.equals(RedisAccounts.WELL) || (answer.startsWith("-") && !answer.startsWith(LOADING));
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** A server that runs has read its configuration earlier. */
	@Override
	protected void provision() throws IOException {
		accounts().provide((command) -> command(ADMIN, adminPassword(), command));
	}

	private RedisAccounts accounts() {
		return new RedisAccounts(this.secrets);
	}

	/**
	 * Runs one command and returns the first line of the answer as it came; a line that
	 * begins with a minus is an error.
	 */
	public String command(String user, String password, String command) throws IOException {
		return new RedisClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), user, password)
			.command(command);
	}

}
