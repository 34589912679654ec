package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.microplatform.cli.StandInCheckout.Output;
import io.microplatform.local.file.Directories;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@code up --with zipkin,admin} with a stub of Maven that provides a stand-in for
 * Zipkin.
 */
class ObservabilityPartsTests {

	@SuppressWarnings("NullAway.Init") // set before each
	private StandInCheckout checkout;

	@BeforeEach
	void checkOut(@TempDir Path directory) throws IOException {
		this.checkout = new StandInCheckout(directory.toRealPath().resolve("checkout"));
		Path root = this.checkout.root();
		Files.createDirectories(root.resolve("observability"));
		Files.writeString(root.resolve("observability/pom.xml"), "<project/>");
		Path maven = Files.createDirectories(root.resolve("bin")).resolve("mvn");
		Files.writeString(maven, """
				#!/bin/bash
				for argument; do
					case "$argument" in
						-Dplatform.programs=*) target="${argument#*=}" ;;
					esac
				done
				mkdir -p "$target/zipkin"
				cp '%s' "$target/zipkin/zipkin-server-exec.jar"
				""".formatted(root.resolve("api-gateway/target/api-gateway.jar")));
		Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwx------"));
		this.checkout.set("PATH", maven.resolveSibling("") + ":" + System.getenv("PATH"));
	}

	@AfterEach
	void leaveNothing() throws IOException {
		this.checkout.run("down");
		// Other tests share the directory.
		Directories.delete(this.checkout.state().resolve("programs/zipkin"));
		this.checkout.close();
	}

	@Test
	void runBesideThePlatformUntilDown() throws IOException {
		assertUp("up");
		assertThat(this.checkout.environmentOf("user-service"))
			.contains("SPRING_PROFILES_ACTIVE='local'\n", "PLATFORM_INSTANCE='user-service-1'\n",
					"PLATFORM_MANAGEMENT_PASSWORD=")
			.doesNotContain("ZIPKIN", "LOGGING");

		Output up = assertUp("up", "--with", "zipkin,admin");
		String admin = "http://127.0.0.1:" + this.checkout.port(Port.ADMIN);
		String zipkin = "http://127.0.0.1:" + this.checkout.port(Port.ZIPKIN);
		String gateway = "http://127.0.0.1:" + this.checkout.port(Port.GATEWAY);
		assertThat(up.out()).contains("downloading zipkin", "note: running instances export no spans",
				"\napi-gateway        " + gateway, "\nzipkin             " + zipkin,
				"\nadmin-server       " + admin + " (user admin, password PLATFORM_ADMIN_SERVER_PASSWORD in ");
		assertThat(this.checkout.environmentOf("user-service")).contains("SPRING_PROFILES_ACTIVE='local,tracing'\n",
				"PLATFORM_ZIPKIN_ENDPOINT='" + zipkin + "/api/v2/spans'\n");
		assertThat(this.checkout.run("logs", "admin-server").out()).contains("started as admin-server",
				"profile local\n", "gateway " + gateway);
		assertThat(this.checkout.pids()).hasSize(10);

		this.checkout.entry("zipkin").process().orElseThrow().kill();
		assertThat(assertUp("up").out()).doesNotContain("downloading", "export no spans");
		assertThat(this.checkout.entry("zipkin").process()).isPresent();

		assertThat(this.checkout.run("restart", "user-service").code()).isZero();
		assertThat(Files.readString(log("user-service-1.out"))).contains("profile local,tracing");
		// The log contains both runs.
		assertThat(Files.readString(log("user-service-1.log"))).hasLineCount(2).doesNotContain("profile");

		assertThat(this.checkout.run("down").out()).contains("✓ zipkin stopped", "✓ admin-server stopped");
		assertThat(this.checkout.pids()).isEmpty();
		assertThat(this.checkout.run("down").out()).contains("nothing is running");
	}

	private Path log(String file) {
		return this.checkout.state().resolve("logs").resolve(file);
	}

	private Output assertUp(String... arguments) {
		Output output = this.checkout.run(arguments);
		assertThat(output.err()).isEmpty();
		assertThat(output.code()).isZero();
		return output;
	}

}
