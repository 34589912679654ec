package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.microplatform.cli.StandInCheckout.Output;
import io.microplatform.local.process.Await;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One command at a time builds, and no command starts what a build has not finished.
 */
class BuildLockTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@SuppressWarnings("NullAway.Init") // set before each
	private ToyCheckout checkout;

	@BeforeEach
	void checkOut(@TempDir Path directory) throws IOException {
		this.checkout = new ToyCheckout(directory.toRealPath().resolve("checkout"));
	}

	private List<Process> startAll(String... commands) throws IOException {
		List<Process> processes = new ArrayList<>();
		for (String command : commands) {
			processes.add(this.checkout.start(this.checkout.root(), "bash", "-c", "./platform " + command));
		}
		return processes;
	}

	@Test
	void ofSeveralCommandsAfterAnEditOneBuildsAndTheOthersWaitAndGoOn() throws Exception {
		this.checkout.deleteLauncher();
		this.checkout.set("BUILD_TAKES", "2");
		List<String> errors = new ArrayList<>();
		for (Process process : startAll("up", "up", "restart user-service", "drill scale", "scale user-service 2",
				"chaos")) {
			Output output = ToyCheckout.outputOf(process);
			assertThat(output.code()).as(output.out() + output.err()).isZero();
			assertThat(output.out()).contains("root=");
			errors.add(output.err());
		}
		assertThat(this.checkout.builds()).isOne();
		assertThat(errors).filteredOn((error) -> error.contains("waiting for")).isNotEmpty();
	}

	@Test
	void aBuildThatWasKilledIsMadeAnewAndBlocksNothing() throws Exception {
		this.checkout.set("BUILD_TAKES", "30");
		Process first = startAll("up").getFirst();
		Path jar = this.checkout.root().resolve("order-service/target/order-service.jar");
		assertThat(Await.until(PATIENCE, () -> Files.exists(jar))).isTrue();
		List<ProcessHandle> all = Stream.concat(first.descendants(), Stream.of(first.toHandle())).toList();
		all.forEach(ProcessHandle::destroyForcibly);
		for (ProcessHandle process : all) {
			process.onExit().join();
		}
		Files.delete(this.checkout.root().resolve("alone"));
		Files.writeString(this.checkout.root().resolve("user-service/target/classes/Half.class"), "");
		this.checkout.set("BUILD_TAKES", "0");
		Output second = this.checkout.run("up");
		assertThat(second.code()).isZero();
		assertThat(second.err()).isEmpty();
		assertThat(Files.size(jar)).isGreaterThan(22);
		assertThat(this.checkout.root().resolve("user-service/target/classes/Half.class")).doesNotExist();
	}

	@Test
	void mavenThatOutlivesItsCommandIsWaitedFor() throws Exception {
		this.checkout.set("BUILD_TAKES", "4");
		Process first = startAll("up").getFirst();
		assertThat(Await.until(PATIENCE, () -> Files.exists(this.checkout.root().resolve("alone")))).isTrue();
		first.destroyForcibly().waitFor();
		this.checkout.set("BUILD_TAKES", "0");
		Output second = this.checkout.run("up");
		assertThat(second.out()).doesNotContain("two builds at once");
		assertThat(second.code()).isZero();
		assertThat(second.err()).contains("waiting for");
		assertThat(this.checkout.builds()).isEqualTo(2);
	}

	@Test
	void testsHoldTheLockAndCanCallTheScript() throws Exception {
		ToyCheckout.program(this.checkout.root().resolve("bin/mvn"), """
				#!/bin/bash
				# As the tests do, which hand on none of the user's choices.
				for name in $(compgen -v PLATFORM_); do unset "$name"; done
				./platform status && ./platform scale user-service 2
				""");
		this.checkout.installCommandLine();
		Output output = this.checkout.run("test");
		assertThat(output.err()).doesNotContain("waiting");
		assertThat(output.out()).contains("Platform status", "Platform scale");
	}

	@Test
	void aProcessWithTheIdOfAnEarlierMavenIsNotWaitedFor() throws Exception {
		Path target = Files.createDirectories(this.checkout.root().resolve("target"));
		Path pid = Files.writeString(target.resolve("platform-build.pid"), ProcessHandle.current().pid() + "\n");
		Files.setLastModifiedTime(pid, FileTime.from(Instant.EPOCH));
		assertThat(this.checkout.run("up").code()).isZero();
	}

	@Test
	void whatIsUpToDateIsNotBuiltAgain() throws Exception {
		this.checkout.run("up");
		this.checkout.run("up");
		assertThat(this.checkout.builds()).isOne();
		this.checkout.edit();
		this.checkout.run("restart", "user-service");
		assertThat(this.checkout.builds()).isEqualTo(2);
	}

	@Test
	void aServiceThatIsAddedHasToBeAModule() throws Exception {
		this.checkout.run("up");
		Path service = Files.createDirectory(this.checkout.root().resolve("delivery-service"));
		ServiceFiles.write(this.checkout.root(), "delivery-service", "");
		Files.writeString(service.resolve("pom.xml"), "");
		Output up = this.checkout.run("up");
		assertThat(up.code()).isOne();
		assertThat(up.err()).contains("the build has not made " + service.resolve("target/delivery-service.jar"),
				"does pom.xml list the module delivery-service?");
		Files.createDirectory(service.resolve("target"));
		Files.copy(this.checkout.root().resolve("service.jar"), service.resolve("target/delivery-service.jar"));
		assertThat(this.checkout.run("up").code()).isZero();
		this.checkout.run("up");
		assertThat(this.checkout.builds()).isEqualTo(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "user-service/target/user-service.jar", "local-infrastructure/target/lib/library.jar",
			"platform-cli/target/classes/io/microplatform/cli/Platform.class" })
	void whatAnotherBuildOrAPowerFailureHasLeftIsNotTaken(String file) throws Exception {
		Path output = this.checkout.root().resolve(file);
		if (file.endsWith("library.jar")) {
			Files.copy(this.checkout.root().resolve("service.jar"), output);
		}
		this.checkout.run("up");
		Files.write(output, new byte[22]);
		assertThat(this.checkout.run("up").code()).isZero();
		assertThat(this.checkout.builds()).isEqualTo(2);
		if (file.contains("/lib/")) {
			// Maven copies it again only where it is missing.
			assertThat(output).doesNotExist();
		}
	}

	@Test
	void aBuildThatFailsVouchesForNothing() throws Exception {
		Files.createDirectory(this.checkout.root().resolve("alone"));
		assertThat(this.checkout.run("up").code()).isOne();
		Files.delete(this.checkout.root().resolve("alone"));
		assertThat(this.checkout.run("up").code()).isZero();
		assertThat(this.checkout.builds()).isOne();
	}

}
