package io.microplatform.local.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.microplatform.local.cli.StandInCheckout.Output;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is refused before anything starts.
 */
class CommandLineTests {

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
	@ValueSource(strings = { "", "fly", "logs", "logs -f", "logs redis -x", "doctor up", "scale user-service",
			"scale user-service 2 3", "scale user-service 2 --release", "scale user-service --release 2 2",
			"scale user-service 2 --release --release", "restart", "restart user-service --release",
			"restart user-service 2", "refresh now", "refresh --to", "refresh --to -x", "refresh --list all", "dlq",
			"dlq -x", "dlq all", "dlq list -x", "dlq list --all --all", "dlq list orders credit", "dlq show",
			"dlq replay", "dlq replay --all", "dlq discard a b", "up --fast", "down --json", "status --purge",
			"up up" })
	void whatItDoesNotUnderstand(String line) {
		Output output = this.checkout.run(line.split(" ", -1));
		assertThat(output.code()).isEqualTo(2);
		assertThat(output.err()).startsWith("usage:").hasLineCount(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "scale user-service 0", "scale user-service 10", "scale user-service many",
			"scale redis 2", "restart redis", "restart user-service-1", "scale user-service 2 --release V2",
			"restart user-service --release a/b", "restart api-gateway --release 2" })
	void whatCannotBeScaledOrRestarted(String line) {
		Output output = this.checkout.run(line.split(" ", -1));
		assertThat(output.code()).isEqualTo(2);
		assertThat(output.err()).startsWith("platform: \"").hasLineCount(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "scale user-service 2", "scale user-service 2 --release 2", "restart api-gateway",
			"refresh", "refresh --to 0f", "refresh --list", "token", "token ada@example.org secret", "dlq list",
			"dlq replay all" })
	void whatNeedsThePlatformWhenItIsNotUp(String line) {
		Output output = this.checkout.run(line.split(" ", -1));
		assertThat(output.code()).isOne();
		assertThat(output.err()).contains("the platform is not up", "./platform up").hasLineCount(1);
	}

}
