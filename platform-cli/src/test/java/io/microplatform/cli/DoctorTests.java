package io.microplatform.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.microplatform.cli.StandInCheckout.Output;

import static org.assertj.core.api.Assertions.assertThat;

class DoctorTests {

	@SuppressWarnings("NullAway.Init") // set before each
	private StandInCheckout checkout;

	@BeforeEach
	void checkOut(@TempDir Path directory) throws IOException {
		this.checkout = new StandInCheckout(directory.toRealPath().resolve("checkout"));
	}

	@AfterEach
	void leaveNothing() throws IOException {
		this.checkout.close();
	}

	@Test
	void allIsWell() {
		Output doctor = this.checkout.run("doctor");
		assertThat(doctor.err()).isEmpty();
		assertThat(doctor.code()).isZero();
		assertThat(doctor.out()).contains("MiB of memory available", "MiB of disk free", "is free for api-gateway",
				"nothing is left of an earlier run");
		assertThat(doctor.out().lines()).allMatch((line) -> line.startsWith("✓ "));
	}

	@Test
	void everyProblemIsNamed() throws IOException {
		this.checkout.set("PLATFORM_MIN_MEMORY_MIB", "9999999");
		try (ServerSocket taken = new ServerSocket(this.checkout.port(Port.REDIS), 1,
				InetAddress.getLoopbackAddress())) {
			Output doctor = this.checkout.run("doctor");
			assertThat(doctor.code()).isOne();
			assertThat(doctor.err()).contains("2 problems").hasLineCount(1);
			assertThat(doctor.out().lines().filter((line) -> line.startsWith("✗ "))).hasSize(2)
				.anyMatch((line) -> line.contains("MiB of memory available"))
				.anyMatch((line) -> line.contains("port " + taken.getLocalPort())
						&& line.contains("pid " + ProcessHandle.current().pid()));
		}
	}

	@Test
	void aProcessWithoutARecordIsNamed() throws IOException {
		Path data = Files.createDirectories(this.checkout.state().resolve("data/redis"));
		Process stray = new ProcessBuilder("sleep", "60").directory(data.toFile()).start();
		try {
			Output doctor = this.checkout.run("doctor");
			assertThat(doctor.code()).isOne();
			assertThat(doctor.out()).contains("✗ pid " + stray.pid() + " uses " + this.checkout.state());
		}
		finally {
			stray.destroyForcibly();
		}
	}

	@Test
	void aRecordOfADeadProcessIsNamed() throws IOException {
		Path run = Files.createDirectories(this.checkout.state().resolve("run"));
		Files.writeString(run.resolve("redis.json"), """
				{"name":"redis","instance":"redis","pid":1,"startInstant":"","startMark":"none","port":1,
				"url":"redis://127.0.0.1:1","endsOn":"TERM"}
				""");
		Output doctor = this.checkout.run("doctor");
		assertThat(doctor.code()).isOne();
		assertThat(doctor.out()).contains("✗ redis (pid 1) died");
	}

}
