package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.microplatform.local.process.Command;
import io.microplatform.local.process.CurrentJava;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.Jvm;
import io.microplatform.local.process.Launcher;
import io.microplatform.local.process.LogFile;
import io.microplatform.local.process.ProcessPriority;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunRecords;
import io.microplatform.local.process.RunningProcess;
import io.microplatform.local.server.Server;
import io.microplatform.local.server.StateDirectory;

/**
 * An instance of one of the platform's services, as a JVM of its own. Its environment is
 * also written to a file, from which it can be run by hand.
 */
final class ServiceProcess extends Server {

	private final Path root;

	private final StateDirectory state;

	private final Jvm jvm;

	private final ProcessPriority priority;

	private final Map<String, String> environment;

	ServiceProcess(Instance instance, Jvm jvm, ProcessPriority priority, Map<String, String> environment, Path root,
			StateDirectory state, Launcher launcher) {
		super(instance, state.logs(), launcher);
		this.jvm = jvm;
		this.priority = priority;
		this.environment = environment;
		this.root = root;
		this.state = state;
	}

	/** Replaces the file of the service, whose other instances differ in their ports. */
	void writeEnvironment() throws IOException {
		StateDirectory.writeSecret(this.state.environment(instance().name()),
				this.environment.entrySet()
					.stream()
					.sorted(Map.Entry.comparingByKey())
					.map((entry) -> "%s='%s'\n".formatted(entry.getKey(), entry.getValue().replace("'", "'\\''")))
					.collect(Collectors.joining()));
	}

	/** Whether it runs, and its jar has been built anew since. */
	boolean runsAnOlderBuild() throws IOException {
		Optional<String> command = running().filter((entry) -> entry.instance().equals(instance().instance()))
			.findFirst()
			.map(RunRecord::command);
		return command.isPresent() && !jar().isRunBy(command.get());
	}

	/** What runs of the platform. */
	private Stream<RunRecord> running() throws IOException {
		return new RunRecords(this.state.run()).all().stream().filter((entry) -> entry.process().isPresent());
	}

	private Predicate<Path> inUse() throws IOException {
		List<String> commands = running().map((entry) -> String.valueOf(entry.command())).toList();
		return (directory) -> commands.stream().anyMatch((command) -> command.contains(directory.toString()));
	}

	private ServiceJar jar() {
		String name = instance().name();
		return new ServiceJar(this.root.resolve(name).resolve("target").resolve(name + ".jar"), home());
	}

	private AotCache cache(Path jar) {
		return new AotCache(jar, this.jvm);
	}

	private Path home() {
		return this.state.apps().resolve(instance().name()).toAbsolutePath();
	}

	@Override
	protected Command prepare() throws IOException {
		List<String> line = new ArrayList<>();
		line.add(CurrentJava.executable());
		line.addAll(this.jvm.flags());
		Path jar = jar().extracted(inUse());
		line.addAll(cache(jar).flags());
		line.addAll(List.of("-jar", jar.toString()));
		Command command = new Command(line, withLog(), home());
		return joinsOthers() ? this.priority.joining(command) : this.priority.of(command);
	}

	/**
	 * Only instances that this command line starts write to the log file. Instances that
	 * are started manually and training runs log to standard output.
	 */
	private Map<String, String> withLog() {
		Map<String, String> variables = new HashMap<>(this.environment);
		variables.put(LogFile.VARIABLE,
				LogFile.of(this.state.logs(), instance().instance()).path().toAbsolutePath().toString());
		variables.put("LOGGING_THRESHOLD_CONSOLE", "OFF");
		return variables;
	}

	/** Whether others of its kind serve while it starts. */
	private boolean joinsOthers() throws IOException {
		return running().map(RunRecord::asInstance).anyMatch((other) -> other.name().equals(instance().name()));
	}

	/**
	 * An instance that is ready serves, like the others; also when a command that was to
	 * say so died.
	 */
	@Override
	protected void provision() throws IOException {
		Optional<RunningProcess> process = process();
		if (process.isPresent()) {
			this.priority.restore(process.get());
		}
	}

	/** Whether what it runs from would start faster after a training run. */
	boolean isUntrained() throws IOException {
		Path jar = jar().extractedTo();
		return Files.exists(jar) && !cache(jar).exists();
	}

	/**
	 * Performs a training run while the instance runs, which makes the next start faster.
	 * Exports no spans.
	 */
	void train() throws IOException {
		cache(jar().extractedTo()).train(trainingEnvironment());
	}

	/** Returns the environment of a training run. */
	Map<String, String> trainingEnvironment() {
		Map<String, String> untraced = new HashMap<>(this.environment);
		untraced.put(ServiceEnvironment.PROFILES, ServiceEnvironment.LOCAL);
		return untraced;
	}

	@Override
	protected boolean isReady() {
		return instance().answers();
	}

}
