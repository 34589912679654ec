package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.microplatform.cli.StandInCheckout.Output;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The shell scripts find their checkout, and print the same, whatever way they are called
 * and whatever the environment is.
 */
class ScriptOnOtherMachinesTests {

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path directory;

	@SuppressWarnings("NullAway.Init") // set before each
	private ToyCheckout checkout;

	@BeforeEach
	void checkOut() throws Exception {
		this.directory = this.directory.toRealPath();
		this.checkout = new ToyCheckout(this.directory.resolve("check out"));
	}

	private void assertUp(Output output) {
		assertThat(output.err()).isEmpty();
		assertThat(output.code()).isZero();
		assertThat(output.out()).contains("root=" + this.checkout.root() + " ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "platform", "my platform", "-l" })
	void throughALink(String name) throws Exception {
		Path link = Files.createSymbolicLink(this.directory.resolve(name), this.checkout.script());
		assertUp(this.checkout.run(this.directory, link.toString(), "up"));
		assertThat(this.directory.resolve("target")).doesNotExist();
	}

	@Test
	void throughAChainOfRelativeLinksThatBeginsInALinkedDirectory() throws Exception {
		Path deep = Files.createDirectories(this.directory.resolve("a/b/deep"));
		Files.createSymbolicLink(deep.resolve("second"), Path.of("../../../check out/platform"));
		Files.createSymbolicLink(deep.resolve("first"), Path.of("second"));
		Path shortcut = Files.createSymbolicLink(this.directory.resolve("shortcut"), deep);
		assertUp(this.checkout.run(shortcut, "./first", "up"));
		assertUp(this.checkout.run(this.directory, "shortcut/first", "up"));
	}

	@Test
	void throughThePath() throws Exception {
		Path commands = Files.createDirectory(this.directory.resolve("commands"));
		Files.createSymbolicLink(commands.resolve("pf"), this.checkout.script());
		assertUp(this.checkout.run(this.directory, "bash", "-c", "PATH='" + commands + "':$PATH; pf up"));
		assertUp(this.checkout.run(commands, "bash", "pf", "up"));
	}

	@ParameterizedTest
	@CsvSource({ "CDPATH, /", "SHELLOPTS, noclobber:noglob", "BASHOPTS, failglob:nocasematch", "BASH_ENV, /nowhere",
			"POSIXLY_CORRECT, 1", "GREP_OPTIONS, --color=always", "IFS, /", "TERM, ''",
			"JAVA_TOOL_OPTIONS, -XX:+UseG1GC", "_JAVA_OPTIONS, -Xmx1m", "JDK_JAVA_OPTIONS, -version" })
	void withAnEnvironmentOfItsOwn(String name, String value) throws Exception {
		this.checkout.set(name, value.equals("/") ? this.directory + "/" : value);
		Path decoy = Files.createDirectories(this.directory.resolve("check out/check out"));
		Output up = this.checkout.run(this.directory, "check out/platform", "up");
		assertThat(decoy).isEmptyDirectory();
		assertThat(up.err().lines().filter((line) -> !line.contains("/nowhere"))).isEmpty();
		assertThat(up.code()).isZero();
		assertThat(up.out()).contains("root=" + this.checkout.root() + " ").contains("options \n");
	}

	@Test
	void mavenHasTheOptionsOfItsUser() throws Exception {
		this.checkout.set("JAVA_TOOL_OPTIONS", "-Dhttps.proxyHost=proxy.example.org");
		assertUp(this.checkout.run("up"));
		assertThat(this.checkout.root().resolve("options")).content()
			.isEqualTo("-Dhttps.proxyHost=proxy.example.org\n");
	}

	@Test
	void withoutAnEnvironment() throws Exception {
		String path = "PATH=" + this.checkout.root().resolve("bin") + ":/usr/bin:/bin";
		assertUp(this.checkout.run(this.directory, "env", "-i", path, "JAVA_HOME=" + System.getProperty("java.home"),
				this.checkout.script().toString(), "up"));
	}

	@Test
	void whatItMakesIsNotWritableByOthers() throws Exception {
		assertUp(this.checkout.run(this.directory, "bash", "-c", "umask 0; '" + this.checkout.script() + "' up"));
		assertThat(Files.getPosixFilePermissions(this.checkout.root().resolve("target/platform-built")).toString())
			.doesNotContain("GROUP_WRITE", "OTHERS_WRITE");
	}

	@Test
	void aReaderThatHasGoneDoesNotEndABuild() throws Exception {
		Output up = this.checkout.run(this.directory, "bash", "-c",
				"'" + this.checkout.script() + "' up | head -n 1; exit ${PIPESTATUS[1]}");
		assertThat(up.code()).isZero();
		assertThat(up.err()).isEmpty();
		assertThat(this.checkout.root().resolve("target/platform-built")).exists();
	}

	@Test
	void ciRunsTheTestsOfItsOwnCheckout() throws Exception {
		Path run = this.checkout.root().resolve(".ci/run");
		Files.createDirectories(run.getParent());
		Files.copy(real(".ci/run"), run);
		ToyCheckout.program(run, Files.readString(run));
		ToyCheckout.program(this.checkout.script(), "#!/bin/bash\necho \"$PWD $*\"\n");
		for (String other : List.of("promtool", "npm", "docker")) {
			ToyCheckout.program(this.checkout.root().resolve("bin").resolve(other), "#!/bin/bash\n");
		}
		Files.createDirectories(this.checkout.root().resolve("observability/grafana"));
		Files.createDirectories(this.directory.resolve("elsewhere/.ci"));
		this.checkout.set("CDPATH", this.directory.resolve("elsewhere").toString());
		Path link = Files.createSymbolicLink(this.directory.resolve("ci"), run);
		String expected = this.checkout.root() + " test\n";
		assertThat(this.checkout.run(this.directory, link.toString()).out()).startsWith(expected);
		assertThat(this.checkout.run(this.checkout.root(), "bash", ".ci/run").out()).startsWith(expected);
	}

	@Test
	void mutationsAreThoseOfItsOwnCheckout() throws Exception {
		this.checkout.set("CDPATH", this.directory.toString());
		Path link = Files.createSymbolicLink(this.directory.resolve("mutate"), real("acceptance-tests/mutations/run"));
		Output help = this.checkout.run(this.directory, link.toString(), "--help");
		assertThat(help.code()).isZero();
		try (Stream<Path> files = Files.list(real("acceptance-tests/mutations"))) {
			files.map((file) -> file.getFileName().toString())
				.filter((file) -> file.endsWith(".patch"))
				.forEach((patch) -> assertThat(help.out()).contains("  " + patch.replace(".patch", "")));
		}
	}

	private static Path real(String file) throws IOException {
		return Path.of(Objects.requireNonNull(System.getProperty("platform.root"))).toRealPath().resolve(file);
	}

}
