package io.microplatform.lab.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.platform.PlatformScript;
import io.microplatform.lab.platform.RunningPlatform;
import io.microplatform.local.process.Command;
import io.microplatform.local.process.DetachedLauncher;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.RunRecords;
import io.microplatform.local.process.RunningProcess;
import io.microplatform.local.process.Shutdown;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link ScaleDemo} with records of processes that do not respond, so that the
 * step after the scaling fails.
 */
class ScaleDemoTests {

	/** Creates or removes the record of the second instance. */
	private static final String SCRIPT = """
			#!/bin/sh
			cd "$(dirname "$0")"
			echo "$*" >> commands
			case "$3" in
				1) mv run/order-service-2.json away ;;
				2) mv away run/order-service-2.json ;;
			esac
			""";

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path state;

	private final List<RunningProcess> processes = new ArrayList<>();

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	@BeforeEach
	void startTwoProcesses() throws IOException {
		launch("order-service-1");
		launch("order-service-2");
		Path script = Files.writeString(this.state.resolve("platform"), SCRIPT);
		Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
	}

	private void launch(String instance) throws IOException {
		DetachedLauncher launcher = new DetachedLauncher(new RunRecords(this.state.resolve("run")),
				this.state.resolve("logs"));
		this.processes.add(launcher.launch(new Instance("order-service", instance, 1, 1, "", null, null),
				new Command(List.of("sleep", "60"), Map.of(), this.state), Shutdown.USUAL));
	}

	@AfterEach
	void killProcesses() {
		this.processes.forEach(RunningProcess::kill);
	}

	@Test
	void restoresTheInstancesWhenAStepFails() throws IOException {
		Files.move(this.state.resolve("run/order-service-2.json"), this.state.resolve("away"));
		assertFailure();
		assertThat(this.state.resolve("commands")).hasContent("scale order-service 2\nscale order-service 1\n");
		assertThat(written()).containsSubsequence("✓ order-service is scaled to 2", "✗ All of its instances serve",
				"✓ order-service is scaled back");
	}

	@Test
	void doesNotScaleSeveralInstances() {
		assertFailure();
		assertThat(this.state.resolve("commands")).doesNotExist();
		assertThat(written()).startsWith("✗ All of its instances serve").hasLineCount(1);
	}

	private void assertFailure() {
		DemoSteps steps = new DemoSteps(new PrintStream(this.out, true, StandardCharsets.UTF_8));
		ScaleDemo demo = new ScaleDemo(new RunningPlatform(this.state),
				new PlatformScript(this.state.resolve("platform")), steps);
		assertThatExceptionOfType(StepFailedException.class)
			.isThrownBy(() -> demo.run(PlatformClient.of(URI.create("http://127.0.0.1:1")), 1));
	}

	private String written() {
		return this.out.toString(StandardCharsets.UTF_8);
	}

}
