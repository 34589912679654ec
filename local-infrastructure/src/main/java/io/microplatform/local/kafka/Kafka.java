package io.microplatform.local.kafka;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.security.plain.PlainLoginModule;

import io.microplatform.local.file.AtomicFile;
import io.microplatform.local.process.Command;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.Jvm;
import io.microplatform.local.process.Launcher;
import io.microplatform.local.process.Ports;
import io.microplatform.local.server.Programs;
import io.microplatform.local.server.Secrets;
import io.microplatform.local.server.Server;
import io.microplatform.local.server.StateDirectory;
import io.microplatform.local.service.BusinessServices;

/**
 * A single Kafka broker, which is its own controller, with the platform's topics. Every
 * client authenticates, and each service has only the rights that it needs. A broker that
 * runs is restarted when a service was added or removed.
 */
public final class Kafka extends Server {

	public static final String NAME = "kafka";

	/** May do everything. */
	public static final String ADMIN = "admin";

	/** The end of the name of a topic of dead letters. */
	public static final String DEAD_LETTERS = ".dlq";

	/** The topic with the actions that operators have taken on dead letters. */
	public static final String DEAD_LETTER_ACTIONS = "dlq.actions";

	private static final int ANSWER_SECONDS = 5;

	/**
	 * Relative to the data directory, where the broker runs: in its configuration a comma
	 * begins another directory, and all letters are read as ISO-8859-1.
	 */
	private static final String LOGS = "log";

	private final int controllerPort;

	private final Jvm jvm;

	private final StateDirectory state;

	private final Programs programs;

	private final Secrets secrets;

	public Kafka(int port, int controllerPort, Jvm jvm, StateDirectory state, Programs programs, Secrets secrets,
			Launcher launcher) {
		super(Instance.of(NAME, port, "kafka"), state.logs(), launcher);
		this.controllerPort = controllerPort;
		this.jvm = jvm;
		this.state = state;
		this.programs = programs;
		this.secrets = secrets;
	}

	public String adminPassword() {
		return this.secrets.password("KAFKA", ADMIN);
	}

	public String brokers() {
		return host() + ":" + port();
	}

	/** How a service reaches it: properties {@code platform.kafka.*}. */
	public Map<String, String> propertiesFor(String service) {
		return Map.of("platform.kafka.brokers", brokers(), "platform.kafka.username", service,
				"platform.kafka.password", this.secrets.password("KAFKA", service));
	}

	/** What a client needs to connect as the administrator. */
	public Properties adminProperties() {
		return clientProperties(ADMIN, adminPassword());
	}

	/**
	 * What a client needs to connect as that user; serializers are left to the caller.
	 */
	public Properties clientProperties(String user, String password) {
		return clientProperties(brokers(), user, password);
	}

	/**
	 * The same for a broker that this JVM has not started.
	 * @param brokers where it is, as {@code host:port}
	 */
	public static Properties clientProperties(String brokers, String user, String password) {
		Properties properties = new Properties();
		properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
		properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SASL_PLAINTEXT");
		properties.put(SaslConfigs.SASL_MECHANISM, "PLAIN");
		properties.put(SaslConfigs.SASL_JAAS_CONFIG, "%s required username=\"%s\" password=\"%s\";"
			.formatted(PlainLoginModule.class.getName(), user, password));
		return properties;
	}

	private Path configurationFile() {
		return this.state.data(NAME).toAbsolutePath().resolve("server.properties");
	}

	private String configuration() {
		return KafkaConfiguration.of(port(), this.controllerPort, LOGS, this.secrets);
	}

	/**
	 * A broker reads its users when it starts: it refuses to change those of a listener
	 * that exists. Only their names are compared, so that a foreign {@code secrets.env}
	 * does not cut off the clients of a broker that runs.
	 */
	@Override
	protected Optional<String> outdated() throws IOException {
		Set<String> wanted = KafkaConfiguration.users(configuration());
		return new AtomicFile(configurationFile()).read()
			.map(KafkaConfiguration::users)
			.filter((users) -> !users.equals(wanted))
			.map((users) -> "kafka was restarted, because its users have changed; meanwhile, events waited in the"
					+ " outboxes");
	}

	@Override
	protected Command prepare() throws IOException {
		Path data = this.state.data(NAME).toAbsolutePath();
		StateDirectory.createOwnerOnly(data);
		Path configuration = configurationFile();
		StateDirectory.writeSecret(configuration, configuration());
		KafkaProgram program = new KafkaProgram(this.programs,
				this.state.programs().toAbsolutePath().resolve("kafka.jsa"), this.jvm);
		program.format(configuration, data, LOGS);
		return new Command(program.broker(configuration), Map.of(), data);
	}

	/**
	 * A wrong password counts as ready: waiting does not correct it, and provisioning
	 * reports it.
	 */
	@Override
	protected boolean isReady() {
		if (!Ports.isListening(port())) {
			return false;
		}
		try (Admin admin = Admin.create(adminProperties())) {
			return !admin.describeCluster().nodes().get(ANSWER_SECONDS, TimeUnit.SECONDS).isEmpty();
		}
		catch (ExecutionException ex) {
			return ex.getCause() instanceof AuthenticationException;
		}
		catch (TimeoutException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	@Override
	protected void provision() throws IOException {
		try (Admin admin = Admin.create(adminProperties())) {
			provide(admin, this.secrets.services());
		}
	}

	/**
	 * Gives a broker the topics of the services, and the services their rights.
	 * Idempotent.
	 * @param admin a client of the administrator
	 * @param services the services
	 * @throws IOException when the broker refuses or does not answer
	 */
	public static void provide(Admin admin, BusinessServices services) throws IOException {
		new KafkaTopics(admin, services.topics()).provide();
		new KafkaRights(admin, services).provide();
	}

}
