package io.microplatform.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.microplatform.cli.StandInCheckout.Output;
import io.microplatform.launcher.MavenProgram;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code ./platform up} says in one line, before anything starts, where it cannot
 * start.
 */
class PreflightTests {

	@SuppressWarnings("NullAway.Init") // set before each
	private StandInCheckout checkout;

	@BeforeEach
	void checkOut(@TempDir Path directory) throws IOException {
		this.checkout = new StandInCheckout(directory.toRealPath().resolve("checkout"));
		this.checkout.set("PLATFORM_SKIP_BUILD", "1");
	}

	@AfterEach
	void leaveNothing() throws IOException {
		this.checkout.close();
	}

	@Test
	void aTakenPortIsNamedWithItsOwner() throws Exception {
		try (ServerSocket taken = new ServerSocket(this.checkout.port(Port.GATEWAY), 1,
				InetAddress.getLoopbackAddress())) {
			assertRefused(String.format(Locale.ROOT, "port %d, which api-gateway needs, is taken by pid %d (",
					taken.getLocalPort(), ProcessHandle.current().pid()), "PLATFORM_GATEWAY_PORT");
		}
	}

	@Test
	void onePortForTwo() throws Exception {
		String port = Integer.toString(this.checkout.port(Port.REDIS));
		this.checkout.set("PLATFORM_KAFKA_PORT", port);
		assertRefused("port %s is meant for both redis and kafka".formatted(port));
	}

	@Test
	void aProgramThatIsNotInstalled() throws Exception {
		this.checkout.set("PATH", "/nowhere");
		Output output = this.checkout.run("up", "--with", "prometheus,grafana");
		assertThat(output.code()).isOne();
		assertThat(output.err()).startsWith("platform: --with prometheus: prometheus")
			.contains("apt install prometheus", "brew install prometheus")
			.hasLineCount(1);
		assertThat(this.checkout.pids()).isEmpty();
		assertThat(this.checkout.run("status").out()).contains("nothing is running");
	}

	@Test
	void aLogShipperThatIsNotInstalled() throws Exception {
		this.checkout.set("PATH", "/nowhere");
		Output output = this.checkout.run("up", "--with", "elk");
		assertThat(output.code()).isOne();
		assertThat(output.err()).startsWith("platform: --with elk: log-shipper is not installed")
			.contains("apt install rsyslog rsyslog-elasticsearch", "macOS: ")
			.hasLineCount(1);
	}

	@Test
	void aProgramThatCannotBeDownloaded() throws Exception {
		this.checkout.set("PATH", "/nowhere");
		Output output = this.checkout.run("up", "--with", "zipkin");
		assertThat(output.code()).isOne();
		assertThat(output.err()).isEqualTo("platform: " + MavenProgram.MISSING + "\n");
		assertThat(this.checkout.pids()).isEmpty();
	}

	@Test
	void tooLittleMemory() throws Exception {
		this.checkout.set("PLATFORM_MIN_MEMORY_MIB", "9999999");
		assertRefused("MiB of memory available", "PLATFORM_MIN_MEMORY_MIB");
	}

	@ParameterizedTest
	@CsvSource({ "PLATFORM_GATEWAY_PORT, many", "PLATFORM_REDIS_PORT, 0", "PLATFORM_KAFKA_PORT, 65536",
			"PLATFORM_SERVICES_PORT, 82OO", "PLATFORM_UP_TIMEOUT, soon", "PLATFORM_JVM, fast",
			"PLATFORM_MIN_MEMORY_MIB, lots", "PLATFORM_CONFIG_REPO, /nowhere" })
	void aVariableThatMakesNoSense(String name, String value) throws Exception {
		this.checkout.set(name, value);
		assertRefused(name.equals("PLATFORM_CONFIG_REPO") ? value : "'%s' in %s".formatted(value, name));
	}

	@Test
	void noJdk25() throws Exception {
		// The script reads the version in each JDK's release file with grep.
		this.checkout.set("BASH_FUNC_grep%%", "() { return 1; }");
		assertRefused("no JDK 25 found", "JAVA_HOME");
	}

	@Test
	void noMavenToBuildWith() throws Exception {
		this.checkout.set("PLATFORM_SKIP_BUILD", "");
		Path programs = Files.createDirectory(this.checkout.root().resolve("bin"));
		for (String program : List.of("bash", "cat", "cksum", "dirname", "env", "grep", "locale", "mkdir", "mv",
				"readlink", "sed", "uname")) {
			Files.createSymbolicLink(programs.resolve(program), Path.of("/usr/bin", program));
		}
		this.checkout.set("PATH", programs.toString());
		assertRefused("Maven is not on the PATH");
	}

	@Test
	void anotherSystem() throws Exception {
		this.checkout.set("BASH_FUNC_uname%%", "() { echo MINGW64; }");
		assertRefused("Linux and macOS only");
	}

	@Test
	void theDoctorNamesWhatAnEarlierRunHasLeft() throws Exception {
		Path data = Files.createDirectories(this.checkout.state().resolve("data/redis"));
		Process stray = new ProcessBuilder("sleep", "60").directory(data.toFile()).start();
		try {
			Output doctor = this.checkout.script("doctor");
			assertThat(doctor.code()).isOne();
			assertThat(doctor.out()).contains("✗ pid " + stray.pid(), "kill " + stray.pid());
			assertThat(doctor.err()).isEqualTo("platform: 1 problem, marked ✗ above\n");
		}
		finally {
			stray.destroyForcibly();
		}
	}

	private void assertRefused(String... reasons) throws Exception {
		Output output = this.checkout.script("up");
		assertThat(output.code()).isOne();
		assertThat(output.out()).isEmpty();
		assertThat(output.err()).startsWith("platform: ").contains(reasons).hasLineCount(1);
		assertThat(this.checkout.pids()).isEmpty();
	}

}
