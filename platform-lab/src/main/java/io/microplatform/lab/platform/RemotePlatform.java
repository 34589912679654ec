package io.microplatform.lab.platform;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import io.microplatform.lab.client.PlatformClient;
import io.microplatform.local.process.Await;
import org.jspecify.annotations.Nullable;

/**
 * A platform that runs anywhere, such as in containers, located by the base URL of its
 * gateway. Its processes cannot be listed, started or stopped. Thread-safe.
 */
public final class RemotePlatform implements TargetPlatform {

	/** A name, an IPv4 address or an IPv6 address in brackets, and a port. */
	private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):[0-9]{1,5}");

	private static final Duration READY_TIMEOUT = Duration.ofSeconds(5);

	private static final int UNAUTHORIZED = 401;

	private final URI gateway;

	private final @Nullable String database;

	private final @Nullable String kafka;

	private final @Nullable SecretFiles secrets;

	private RemotePlatform(URI gateway, @Nullable String database, @Nullable String kafka,
			@Nullable SecretFiles secrets) {
		this.gateway = gateway;
		this.database = database;
		this.kafka = kafka;
		this.secrets = secrets;
	}

	/**
	 * Creates a view of a platform. Does not connect to it.
	 * @param baseUrl the base URL of its gateway, such as {@code http://127.0.0.1:8080}
	 * @param database host and port of PostgreSQL; null if the stores cannot be reached
	 * @param kafka host and port of a broker; null if the stores cannot be reached
	 * @param secrets a file such as {@code secrets.env} or a directory with one file for
	 * each secret; null if the secrets are unknown
	 * @return the platform
	 * @throws IllegalArgumentException if a value is invalid, or if some but not all
	 * values that the stores require are given
	 */
	public static RemotePlatform of(String baseUrl, @Nullable String database, @Nullable String kafka,
			@Nullable Path secrets) {
		check(database);
		check(kafka);
		if ((database == null) != (kafka == null)) {
			throw new IllegalArgumentException("the addresses of the database and of Kafka belong together");
		}
		if (database != null && secrets == null) {
			throw new IllegalArgumentException("the stores can be read only with their secrets");
		}
		if (secrets != null && !Files.exists(secrets)) {
			throw new IllegalArgumentException("no such file or directory: " + secrets);
		}
		return new RemotePlatform(url(baseUrl), database, kafka, (secrets != null) ? new SecretFiles(secrets) : null);
	}

	private static void check(@Nullable String address) {
		if (address != null && !ADDRESS.matcher(address).matches()) {
			throw new IllegalArgumentException("invalid address '%s': must be HOST:PORT".formatted(address));
		}
	}

	/** A gateway has no path, user, query or fragment of its own. */
	private static URI url(String baseUrl) {
		String text = baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl;
		if (text.matches("https?://[^/?#@\\s]+")) {
			try {
				URI url = new URI(text);
				if (url.getHost() != null) {
					return url;
				}
			}
			catch (URISyntaxException ex) {
				throw invalid(baseUrl, ex);
			}
		}
		throw invalid(baseUrl, null);
	}

	private static IllegalArgumentException invalid(String baseUrl, @Nullable Exception cause) {
		return new IllegalArgumentException(
				"invalid base URL '%s': must be like http://127.0.0.1:8080".formatted(baseUrl), cause);
	}

	@Override
	public URI gateway() {
		return this.gateway;
	}

	/**
	 * Waits until requests reach both business services through the gateway, for at most
	 * 5 seconds. Without a token a service answers 401; without a service the gateway
	 * answers 503.
	 * @throws PlatformFailedException if the services do not answer
	 */
	public void requireReady() {
		PlatformClient guest = guest();
		if (!Await.until(READY_TIMEOUT, () -> isReady(guest))) {
			throw new PlatformFailedException(
					String.format(Locale.ROOT, "user-service and order-service do not answer at %s within %d s",
							this.gateway, READY_TIMEOUT.toSeconds()),
					null);
		}
	}

	private static boolean isReady(PlatformClient guest) {
		try {
			return guest.me().status() == UNAUTHORIZED && guest.orders("").status() == UNAUTHORIZED;
		}
		catch (UncheckedIOException ex) {
			return false;
		}
	}

	@Override
	public boolean hasStores() {
		return this.database != null;
	}

	@Override
	public Map<String, Object> kafkaProperties() {
		if (this.kafka == null) {
			throw new IllegalStateException("the address of Kafka is unknown");
		}
		return new StoreAdministrator(secrets()).kafkaProperties(this.kafka);
	}

	@Override
	public Connection connect(String name) throws SQLException {
		if (this.database == null) {
			throw new IllegalStateException("the address of PostgreSQL is unknown");
		}
		return new StoreAdministrator(secrets()).connect(this.database, name);
	}

	@Override
	public String secret(String name) {
		return secrets().get(name);
	}

	private SecretFiles secrets() {
		if (this.secrets == null) {
			throw new IllegalStateException("the secrets of the platform are unknown");
		}
		return this.secrets;
	}

}
