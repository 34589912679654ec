package io.microplatform.lab.platform;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

import io.microplatform.lab.client.AccessToken;
import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.client.User;

/**
 * A platform as its clients and its auditors see it: a gateway, and stores that can be
 * read if their addresses and passwords are known. Where and how its processes run is
 * unknown.
 */
public interface TargetPlatform {

	/**
	 * Returns the gateway's base URL.
	 * @return the base URL, without a trailing slash
	 */
	URI gateway();

	/**
	 * Whether the databases and Kafka can be read.
	 * @return whether {@link #connect} and {@link #kafkaProperties} are available
	 */
	boolean hasStores();

	/**
	 * Returns the properties of a Kafka client with an administrator's rights.
	 * @return a modifiable map of client properties
	 * @throws IllegalStateException if the address of Kafka is unknown
	 */
	Map<String, Object> kafkaProperties();

	/**
	 * Connects to a database with an administrator's rights.
	 * @param database the name of a service's database, such as {@code order_service}
	 * @return the connection, which the caller closes
	 * @throws SQLException if the connection fails
	 * @throws IllegalStateException if the address of PostgreSQL is unknown
	 */
	Connection connect(String database) throws SQLException;

	/**
	 * Returns one of the generated secrets.
	 * @param name the name, such as {@code PLATFORM_TOKENS_SECRET}
	 * @return the value
	 * @throws IllegalStateException if the secret is unknown
	 */
	String secret(String name);

	/**
	 * Creates a client without a token.
	 * @return the client
	 */
	default PlatformClient guest() {
		return PlatformClient.of(gateway());
	}

	/**
	 * Registers a new user and logs in.
	 * @param name the user's name, also the first part of the e-mail address
	 * @return the account
	 */
	default ClientAccount signUp(String name) {
		PlatformClient guest = guest();
		String password = UUID.randomUUID().toString();
		User user = guest.register(name, freshEmail(name), password).expect(201).as(User.class);
		AccessToken token = guest.login(user.email(), password).expect(200).as(AccessToken.class);
		return new ClientAccount(user, password, token.value(), guest.withToken(token.value()));
	}

	/**
	 * Logs in as the first administrator.
	 * @return a client with the administrator's token
	 * @throws IllegalStateException if the administrator's password is unknown
	 */
	default PlatformClient administrator() {
		PlatformClient guest = guest();
		AccessToken token = guest.login(secret("PLATFORM_ADMIN_EMAIL"), secret("PLATFORM_ADMIN_PASSWORD"))
			.expect(200)
			.as(AccessToken.class);
		return guest.withToken(token.value());
	}

	/**
	 * Returns an unused e-mail address.
	 * @param name the first part of the address
	 * @return the address
	 */
	static String freshEmail(String name) {
		return "%s.%s@example.org".formatted(name, UUID.randomUUID());
	}

}
