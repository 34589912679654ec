package io.microplatform.local.setup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.microplatform.local.LocalInfrastructure;
import io.microplatform.local.server.Secrets;
import io.microplatform.local.service.BusinessServices;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests the setup of stores on the local servers, as if they were containers.
 */
class StoreSetupTests {

	private static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("platform.root")));

	private static final LocalInfrastructure SERVERS = LocalInfrastructure.shared();

	private final ByteArrayOutputStream written = new ByteArrayOutputStream();

	private final PrintStream out = new PrintStream(this.written, true, StandardCharsets.UTF_8);

	@TempDir
	private Path directory = Path.of("");

	/** The secrets of the servers, each in a file. */
	@BeforeEach
	void writeSecrets() throws IOException {
		Path all = Path.of(System.getProperty("platform.infrastructure", "target/infrastructure"))
			.resolve(Long.toString(ProcessHandle.current().pid()))
			.resolve("secrets.env");
		for (String line : Files.readAllLines(all)) {
			String[] parts = line.split("=", 2);
			Files.writeString(secrets().resolve(parts[0]), parts[1] + "\n");
		}
	}

	private Path secrets() throws IOException {
		return Files.createDirectories(this.directory.resolve("secrets"));
	}

	private Secrets given() throws IOException {
		return Secrets.given(secrets(), BusinessServices.in(ROOT));
	}

	private StoreAccounts accounts() throws IOException {
		StoreAddresses addresses = StoreAddresses
			.of(Map.of("PLATFORM_SETUP_DATABASE", "127.0.0.1:" + SERVERS.postgres().port(), "PLATFORM_SETUP_REDIS",
					"127.0.0.1:" + SERVERS.redis().port(), "PLATFORM_SETUP_KAFKA", SERVERS.kafka().brokers()));
		return new StoreAccounts(addresses, given(), this.out);
	}

	@Test
	void restoresAccounts() throws Exception {
		assertThat(SERVERS.redis()
			.command("admin", SERVERS.redis().adminPassword(), "ACL SETUSER order-service reset off")).isEqualTo("+OK");
		accounts().provide();
		String password = given().password("REDIS", "order-service");
		assertThat(SERVERS.redis().command("order-service", password, "PING")).isEqualTo("+PONG");
		try (Connection connection = SERVERS.postgres()
			.connect("order_service", "order_service", given().password("DATABASE", "order-service"))) {
			assertThat(connection.isValid(1)).isTrue();
		}
		assertThat(this.written.toString(StandardCharsets.UTF_8).lines()).hasSize(3)
			.satisfiesExactly((line) -> assertThat(line).startsWith("postgresql: "),
					(line) -> assertThat(line).startsWith("redis: "),
					(line) -> assertThat(line).startsWith("kafka: ").contains("credit", "orders"));
	}

	@Test
	void aWrongPasswordFailsAtOnce() throws IOException {
		Files.writeString(secrets().resolve("PLATFORM_DATABASE_ADMIN_PASSWORD"), "anotherPasswordThanTheServers");
		assertThatIOException().isThrownBy(() -> accounts().provide())
			.withMessage("postgresql refuses the administrator: PLATFORM_DATABASE_ADMIN_PASSWORD is not the one that"
					+ " its data was made with");
	}

	@Test
	void aMissingSecretIsNamed() throws IOException {
		Files.delete(secrets().resolve("PLATFORM_KAFKA_ORDER_SERVICE_PASSWORD"));
		assertThatIOException().isThrownBy(this::given)
			.withMessageEndingWith("lacks PLATFORM_KAFKA_ORDER_SERVICE_PASSWORD");
	}

	@Test
	void aSecretThatIsCutOffIsNamed() throws IOException {
		Files.writeString(secrets().resolve("PLATFORM_KAFKA_ORDER_SERVICE_PASSWORD"), "short");
		assertThatIOException().isThrownBy(this::given)
			.withMessageContaining("PLATFORM_KAFKA_ORDER_SERVICE_PASSWORD must have at least 16 letters and digits");
	}

	@Test
	void writesTheConfigurationOfEachServer() throws IOException {
		for (String server : List.of("postgresql", "redis", "kafka")) {
			Files.createDirectories(this.directory.resolve(server));
		}
		new ConfigurationFiles(given(), this.out).write(this.directory);
		assertThat(this.directory.resolve("postgresql/postgresql.conf")).content()
			.contains("listen_addresses = '*'", "synchronous_commit = on")
			.doesNotContain("%%");
		assertThat(this.directory.resolve("redis/redis.conf")).content()
			.contains("user default off", "user order-service on #", "user api-gateway on #", "maxmemory 64mb")
			.doesNotContain(given().password("REDIS", "order-service"));
		assertThat(this.directory.resolve("kafka/server.properties")).content()
			.contains("advertised.listeners=CLIENT://kafka:9092,HOST://127.0.0.1:19092", "user_order-service=",
					"log.dirs=/var/lib/kafka/data");
	}

	@Test
	void aDirectoryThatIsNotMountedIsNamed() {
		assertThatIOException().isThrownBy(() -> new ConfigurationFiles(given(), this.out).write(this.directory))
			.withMessageContaining("kafka is not a directory");
	}

	@Test
	void anUnknownCommandIsAMisuse() {
		assertThat(StoreSetup.run(new String[] { "remove" }, Map.of())).isEqualTo(2);
		assertThat(StoreSetup.run(new String[0], Map.of())).isEqualTo(2);
	}

	@Test
	void aFailureHasAnExitCode() {
		assertThat(StoreSetup.run(new String[] { "refresh" },
				Map.of("PLATFORM_SETUP_SECRETS", this.directory.resolve("none").toString())))
			.isOne();
	}

}
