package io.microplatform.acceptance.documentation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.lab.platform.PrivatePlatform;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The curl calls of README.md and docs/api.md work, one after the other in one shell. A
 * call that is answered with an error ends the shell.
 */
@AcceptanceTest
class CurlTests {

	private static final Pattern BLOCK = Pattern.compile("```sh\\n((?:(?!```).)*curl -s.*?)```", Pattern.DOTALL);

	private final PrivatePlatform platform;

	CurlTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	@Test
	void everyCallWorks() throws Exception {
		assumeThat(run("command -v curl jq").code()).as("curl and jq are installed").isZero();
		String calls = Stream.of("README.md", "docs/api.md")
			.flatMap((document) -> BLOCK.matcher(Checkout.read(document)).results())
			.map((block) -> block.group(1))
			.collect(Collectors.joining());
		Output output = run(here(calls));
		assertThat(output.code()).as(output.text()).isZero();
		assertThat(output.text()).contains("\"status\":\"CONFIRMED\"", "\"status\":\"CANCELLED\"", "\"role\":\"USER\"");
	}

	/** The same calls of another user, to this platform. */
	private String here(String calls) {
		return calls.replace("curl -s", "curl -sS --fail-with-body")
			.replace("localhost:8080", this.platform.gateway().getAuthority())
			.replace("ada@", "ada-%s@".formatted(UUID.randomUUID()))
			.replace(".platform/", this.platform.state().toString().replace(" ", "\\ ") + "/");
	}

	private static Output run(String script) throws IOException, InterruptedException {
		Process shell = new ProcessBuilder(List.of("bash", "-euo", "pipefail", "-c", script)).redirectErrorStream(true)
			.start();
		String text = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return new Output(shell.waitFor(), text);
	}

	private record Output(int code, String text) {
	}

}
