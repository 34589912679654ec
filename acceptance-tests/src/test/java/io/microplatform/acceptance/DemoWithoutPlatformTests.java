package io.microplatform.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.microplatform.acceptance.platform.PlatformScript;
import io.microplatform.acceptance.platform.RunningPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DemoWithoutPlatformTests {

	@Test
	void saysInOneLineWhatToDo(@TempDir Path state) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		int exitCode = Demo.run(new RunningPlatform(state), PlatformScript.ofThisCheckout(),
				new PrintStream(out, true, StandardCharsets.UTF_8));
		assertThat(exitCode).isOne();
		assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("✗ ").contains("./platform up").hasLineCount(1);
	}

}
