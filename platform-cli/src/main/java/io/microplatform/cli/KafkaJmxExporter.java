package io.microplatform.cli;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;

import io.microplatform.local.file.AtomicFile;
import io.microplatform.local.process.Ports;
import io.microplatform.local.process.RunningProcess;

/**
 * The Prometheus JMX exporter as an agent of the running broker. It is loaded into the
 * process, so that a broker need not restart for it, and one without it carries nothing.
 * An agent that cannot start ends its process, so what it depends on is checked first,
 * and it is loaded once only.
 *
 * @param agents the directory with the agent's jar
 * @param configuration the rules for the names of the metrics
 * @param loaded the record of the process that has the agent, and of its port
 */
record KafkaJmxExporter(Path agents, Path configuration, AtomicFile loaded) {

	static final String NAME = "kafka-exporter";

	/**
	 * Returns the port of an agent.
	 * @param broker the process of the broker
	 * @return the port at which its agent serves metrics; empty if it has none
	 */
	Optional<Integer> port(RunningProcess broker) throws IOException {
		String prefix = broker.pid() + " ";
		return this.loaded.read()
			.filter((record) -> record.startsWith(prefix))
			.map((record) -> Integer.valueOf(record.substring(prefix.length()).strip()));
	}

	/**
	 * Loads the agent, unless it was loaded before.
	 * @param broker the process of the broker
	 * @param port the port at which the agent is to serve metrics
	 * @throws IOException if the agent cannot be loaded
	 */
	void load(RunningProcess broker, int port) throws IOException {
		if (port(broker).isPresent()) {
			return;
		}
		Path jar = jar();
		checkConfiguration(jar);
		if (!Ports.isFree(port)) {
			throw new IOException(String.format(Locale.ROOT, "port %d is in use", port));
		}
		try {
			VirtualMachine machine = VirtualMachine.attach(Long.toString(broker.pid()));
			try {
				machine.loadAgent(jar.toString(),
						String.format(Locale.ROOT, "127.0.0.1:%d:%s", port, this.configuration));
			}
			finally {
				machine.detach();
			}
		}
		catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException ex) {
			throw new IOException("the JMX exporter could not be loaded: " + ex.getMessage(), ex);
		}
		this.loaded.write(String.format(Locale.ROOT, "%d %d%n", broker.pid(), port));
	}

	/** Lets the exporter's own class read the file in this process. */
	private void checkConfiguration(Path jar) throws IOException {
		try (URLClassLoader exporter = new URLClassLoader(new URL[] { jar.toUri().toURL() },
				ClassLoader.getPlatformClassLoader())) {
			var _ = exporter.loadClass("io.prometheus.jmx.JmxCollector")
				.getConstructor(File.class)
				.newInstance(this.configuration.toFile());
		}
		catch (InvocationTargetException ex) {
			throw new IOException("%s is invalid: %s".formatted(this.configuration, ex.getCause()), ex);
		}
		catch (ReflectiveOperationException ex) {
			throw new IOException("the JMX exporter has changed: " + ex.getMessage(), ex);
		}
	}

	private Path jar() throws IOException {
		try (Stream<Path> jars = Files.list(this.agents)) {
			return jars.filter((jar) -> jar.getFileName().toString().startsWith("jmx_prometheus_javaagent"))
				.findFirst()
				.map(Path::toAbsolutePath)
				.orElseThrow(() -> new IOException("no JMX exporter is in " + this.agents));
		}
	}

}
