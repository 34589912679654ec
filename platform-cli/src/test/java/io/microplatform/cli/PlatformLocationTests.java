package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.microplatform.cli.StandInCheckout.Output;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is refused of the location of a platform elsewhere, before anything is called.
 */
class PlatformLocationTests {

	@SuppressWarnings("NullAway.Init") // set before each
	private StandInCheckout checkout;

	@BeforeEach
	void checkOut(@TempDir Path directory) throws IOException {
		this.checkout = new StandInCheckout(directory.resolve("checkout"));
	}

	@AfterEach
	void leaveNothing() throws IOException {
		this.checkout.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			demo --base-url localhost:8080 | invalid base URL 'localhost:8080'
			demo --base-url http://127.0.0.1:8080/users | invalid base URL
			demo --base-url http://a@b | invalid base URL
			demo --secrets / | --database, --kafka and --secrets require --base-url
			demo --base-url http://127.0.0.1:1 --secrets /nowhere | no such file or directory: /nowhere
			demo --base-url http://127.0.0.1:1 --kafka 127.0.0.1:1 --secrets / | belong together
			demo --base-url http://127.0.0.1:1 --kafka 127.0.0.1:1 --database 127.0.0.1:1 | only with their secrets
			audit --base-url http://127.0.0.1:1 | requires --database, --kafka and --secrets
			audit --base-url http://127.0.0.1:1 --kafka a:1 --database b --secrets / | invalid address 'b'
			drill load kill --base-url http://127.0.0.1:1 | kill changes processes or configuration
			drill kill --base-url http://127.0.0.1:1 | only overload and load can run
			drill load --ha --base-url http://127.0.0.1:1 | --ha and --stock cannot be used with --base-url
			""")
	void invalidLocations(String line, String message) {
		Output output = this.checkout.run(line.split(" ", -1));
		assertThat(output.code()).isEqualTo(2);
		assertThat(output.err().lines()).hasSizeLessThanOrEqualTo(3);
		assertThat(output.err()).startsWith("platform: ").contains(message).contains("\nusage: ./platform ");
	}

	@Test
	void aPlatformThatDoesNotAnswer() {
		Output output = this.checkout.run("demo", "--base-url", "http://127.0.0.1:1");
		assertThat(output.code()).isOne();
		assertThat(output.out()).startsWith("✗ The platform is up")
			.contains("do not answer at http://127.0.0.1:1")
			.hasLineCount(1);
	}

}
