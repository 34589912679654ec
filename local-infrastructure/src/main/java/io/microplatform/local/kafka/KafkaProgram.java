package io.microplatform.local.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.Uuid;

import io.microplatform.local.process.Command;
import io.microplatform.local.process.CurrentJava;
import io.microplatform.local.process.Jvm;
import io.microplatform.local.process.Tool;
import io.microplatform.local.server.Programs;

/**
 * Kafka's main classes, executed on the Java that runs this JVM.
 *
 * @param programs where its jars are
 * @param archive the broker's classes as the JVM has loaded them, which saves a third of
 * the CPU time of a start. The JVM writes it when the first broker stops, and again when
 * the JDK or the jars have changed; without it, or with a damaged one, the broker starts
 * all the same.
 * @param jvm what runs the broker
 */
record KafkaProgram(Programs programs, Path archive, Jvm jvm) {

	private static final Duration FORMATTING_TAKES_AT_MOST = Duration.ofSeconds(90);

	private static final List<String> LOGGING = List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
			"-Dorg.slf4j.simpleLogger.showDateTime=true",
			"-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
			"-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.config=warn",
			"-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaConfig=warn");

	List<String> broker(Path configuration) throws IOException {
		Files.createDirectories(this.archive.resolveSibling(""));
		return line(List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + this.archive), "kafka.Kafka",
				configuration.toString());
	}

	/**
	 * Prepares an empty log directory; one that has been formatted is left as it is.
	 * @param directory where the broker runs
	 * @param logs the log directory, relative to it
	 */
	void format(Path configuration, Path directory, String logs) throws IOException {
		KafkaIdentity identity = KafkaIdentity.of(directory.resolve(logs));
		if (identity.keep()) {
			return;
		}
		List<String> line = line(List.of(), "kafka.tools.StorageTool", "format", "--ignore-formatted", "--cluster-id",
				Uuid.randomUuid().toString(), "--config", configuration.toString());
		Tool.run("formatting kafka's log directory", new Command(line, Map.of(), directory), FORMATTING_TAKES_AT_MOST);
		identity.keep();
	}

	private List<String> line(List<String> flags, String mainClass, String... arguments) {
		List<String> line = new ArrayList<>();
		line.add(CurrentJava.executable());
		line.addAll(this.jvm.flags());
		line.addAll(flags);
		line.addAll(LOGGING);
		line.addAll(List.of("-cp", this.programs.classPath(), mainClass));
		line.addAll(List.of(arguments));
		return line;
	}

}
