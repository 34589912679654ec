package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.sun.security.auth.module.UnixSystem;
import io.microplatform.cli.StandInCheckout.Output;
import io.microplatform.local.file.Directories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a user learns about the platform of another user. Root may read everything: there
 * the script runs as nobody.
 */
class UnreadableStateTests {

	@SuppressWarnings("NullAway.Init") // set before each
	private Path directory;

	@SuppressWarnings("NullAway.Init") // set before each
	private ToyCheckout checkout;

	@BeforeEach
	void checkOut() throws IOException, InterruptedException {
		// JUnit's own directories are closed to others.
		this.directory = Files.createTempDirectory("platform").toRealPath();
		open(this.directory, "rwxr-xr-x");
		this.checkout = new ToyCheckout(this.directory.resolve("checkout"));
		Files.createDirectories(this.directory.resolve("home/state/run"));
		Files.writeString(this.directory.resolve("home/state/run/redis.json"), "{}");
		this.checkout.set("PLATFORM_STATE_DIR", this.directory.resolve("home/state").toString());
		this.checkout.set("PLATFORM_SKIP_BUILD", "1");
		this.checkout.installCommandLine();
		// Another user cannot compile the launcher.
		assertThat(this.checkout.run("status").code()).isZero();
	}

	@AfterEach
	void delete() throws IOException {
		for (String name : List.of("home", "home/state", "home/state/run")) {
			open(this.directory.resolve(name), "rwxr-xr-x");
		}
		Directories.delete(this.directory);
	}

	private static void open(Path directory, String permissions) throws IOException {
		Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
	}

	private Output runAsAnother(String... arguments) throws Exception {
		List<String> line = new ArrayList<>();
		if (new UnixSystem().getUid() == 0) {
			line.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
		}
		line.add(this.checkout.script().toString());
		line.addAll(Arrays.asList(arguments));
		return this.checkout.run(this.directory, line.toArray(String[]::new));
	}

	@ParameterizedTest
	@ValueSource(strings = { "home", "home/state", "home/state/run" })
	void everyCommandSaysThatItCannotBeRead(String closed) throws Exception {
		open(this.directory.resolve(closed), "---------");
		for (String command : List.of("status", "status --json", "down", "down --purge", "logs redis", "doctor", "up",
				"scale user-service 2", "restart user-service", "token", "dlq list", "refresh --list", "audit")) {
			Output output = runAsAnother(command.split(" "));
			assertThat(output.code()).as(command).isOne();
			assertThat(output.err()).as(command).contains("cannot be read by this user").hasLineCount(1);
			assertThat(output.out()).as(command).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "home/state/run", "home/state", "home" })
	void whatIsAbsentIsSaidToBeAbsent(String absent) throws Exception {
		Files.delete(this.checkout.root().resolve("platform-cli/target/classes/io/microplatform/cli/Platform.class"));
		Directories.delete(this.directory.resolve(absent));
		for (String command : List.of("status", "down")) {
			Output output = runAsAnother(command);
			assertThat(output.code()).isZero();
			assertThat(output.out()).startsWith("nothing is running");
		}
		Files.createDirectories(this.directory.resolve("home/state/run"));
	}

}
