package io.microplatform.local.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.microplatform.local.server.Secrets;

/**
 * The accounts of the clients, as access control lists. Idempotent; changed passwords and
 * rights are restored.
 */
public final class RedisAccounts {

	static final String WELL = "+PONG";

	private static final String DONE = "+OK";

	/** The client besides the services. */
	private static final String GATEWAY = "api-gateway";

	private static final String EXPORTER_RIGHTS = "-@all +ping +info +dbsize +config|get +slowlog|get +slowlog|len"
			+ " +latency|latest +client|list +client|setname";

	/**
	 * Commands on data, scripts and one's own connection. INFO is there for the health
	 * check, CLIENT for the names that drivers give their connections.
	 */
	private static final String RIGHTS = "+@all -@admin -@dangerous -@keyspace +del +unlink +exists +expire +pexpire"
			+ " +expireat +pexpireat +ttl +pttl +persist +type +scan +touch +rename +renamenx -script +script|load"
			+ " +script|exists +info +client|setname +client|getname +client|id +client|setinfo +client|reply";

	private final Secrets secrets;

	public RedisAccounts(Secrets secrets) {
		this.secrets = secrets;
	}

	/** All accounts, as lines of the configuration. */
	String lines() {
		String clients = clients().map((client) -> "user %s %s\n".formatted(client, account(client)))
			.collect(Collectors.joining());
		return """
				user default off
				user %s on #%s ~* &* +@all
				user %s on #%s resetkeys resetchannels %s
				%s""".formatted(Redis.ADMIN, hash(Redis.ADMIN), Redis.EXPORTER, hash(Redis.EXPORTER), EXPORTER_RIGHTS,
				clients);
	}

	private Stream<String> clients() {
		return Stream.concat(Stream.of(GATEWAY), this.secrets.services().names().stream());
	}

	private String account(String client) {
		return "on #%s resetkeys ~%s:* resetchannels &%s:* %s".formatted(hash(client), client, client, RIGHTS);
	}

	private String hash(String client) {
		byte[] password = this.secrets.password("REDIS", client).getBytes(StandardCharsets.UTF_8);
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(password));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Gives each client its account on a server that runs. Connections that are open stay
	 * authenticated.
	 * @param administrator runs commands as the administrator
	 * @throws IOException when the server does not answer, or refuses
	 */
	public void provide(Administrator administrator) throws IOException {
		String answer = administrator.command("PING");
		if (!answer.equals(WELL)) {
			throw new IOException("redis refuses the administrator: " + withoutSign(answer));
		}
		for (String client : clients().toList()) {
			String change = administrator.command("ACL SETUSER %s reset %s".formatted(client, account(client)));
			if (!change.equals(DONE)) {
				throw new IOException("redis refuses the account of %s: %s".formatted(client, withoutSign(change)));
			}
		}
	}

	private static String withoutSign(String answer) {
		return answer.substring(Math.min(1, answer.length()));
	}

	/**
	 * Runs commands as the administrator, and returns the first line of each answer.
	 */
	@FunctionalInterface
	public interface Administrator {

		String command(String command) throws IOException;

	}

}
