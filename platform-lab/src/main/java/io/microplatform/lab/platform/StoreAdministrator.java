package io.microplatform.lab.platform;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;

/**
 * The account with an administrator's rights on PostgreSQL and Kafka.
 *
 * @param secrets the source of its passwords
 */
record StoreAdministrator(SecretFiles secrets) {

	private static final String NAME = "admin";

	/**
	 * Connects to a database.
	 * @param server host and port of PostgreSQL
	 * @param database the name of the database
	 */
	Connection connect(String server, String database) throws SQLException {
		return DriverManager.getConnection("jdbc:postgresql://%s/%s".formatted(server, database), NAME,
				this.secrets.get("PLATFORM_DATABASE_ADMIN_PASSWORD"));
	}

	/**
	 * Returns the properties of a Kafka client.
	 * @param server host and port of a broker
	 * @return a modifiable map
	 */
	Map<String, Object> kafkaProperties(String server) {
		String jaas = "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
			.formatted(NAME, this.secrets.get("PLATFORM_KAFKA_ADMIN_PASSWORD"));
		Map<String, Object> properties = new HashMap<>();
		properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, server);
		properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SASL_PLAINTEXT");
		properties.put(SaslConfigs.SASL_MECHANISM, "PLAIN");
		properties.put(SaslConfigs.SASL_JAAS_CONFIG, jaas);
		return properties;
	}

}
