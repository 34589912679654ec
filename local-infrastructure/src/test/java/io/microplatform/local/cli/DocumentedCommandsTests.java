package io.microplatform.local.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import io.microplatform.local.cli.StandInCheckout.Output;
import io.microplatform.local.server.StateDirectory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * README.md, the script's help and what is understood name the same commands, options and
 * ports.
 */
class DocumentedCommandsTests {

	private static final String README = read(Script.ofThisCheckout().resolveSibling("README.md"));

	/** As in {@code logs SERVICE [-f]}. */
	private static final List<String> SYNOPSES = find("^\\| `\\./platform ([^`]+)` \\|", README);

	private static final List<String> COMMANDS = SYNOPSES.stream()
		.map(DocumentedCommandsTests::commandOf)
		.distinct()
		.toList();

	/** What the script hands to others than the command line of this module. */
	private static final List<String> FOR_OTHERS = List.of("audit", "chaos", "demo", "drill", "test", "bench");

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path directory;

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** All that the first group of an expression matches. */
	private static List<String> find(String expression, String text) {
		return Pattern.compile(expression, Pattern.MULTILINE)
			.matcher(text)
			.results()
			.map((result) -> result.group(1))
			.toList();
	}

	private Output run(String line) throws Exception {
		return new Script(Script.ofThisCheckout(), Map.of("PLATFORM_STATE_DIR", this.directory.toString())).run(line);
	}

	private static String commandOf(String synopsis) {
		return synopsis.split(" ", 2)[0];
	}

	private static List<String> usage(String line) {
		return List.of(line.substring(line.indexOf("./platform ") + "./platform ".length()).split(" \\| ", -1));
	}

	@ParameterizedTest
	@FieldSource("COMMANDS")
	void everyCommandExplainsItself(String command) throws Exception {
		Output help = run(command + " --help");
		assertThat(help.code()).isZero();
		assertThat(help.out()).startsWith("usage: ./platform ");
		assertThat(find("^(?:usage:|      ) \\./platform (.*)$", help.out())).containsExactlyElementsOf(
				SYNOPSES.stream().filter((synopsis) -> commandOf(synopsis).equals(command)).toList());
	}

	@Test
	void theHelpListsEveryCommand() throws Exception {
		Output help = run("help");
		assertThat(help.code()).isZero();
		assertThat(find("^  ([a-z]+) ", help.out())).containsExactlyInAnyOrderElementsOf(COMMANDS);
	}

	@Test
	void whoMistypesReadsEveryCommand() throws Exception {
		assertThat(usage(run("fly").err().lines().toList().getLast())).containsExactlyInAnyOrderElementsOf(SYNOPSES);
		assertThat(usage(CommandLine.USAGE)).containsExactlyInAnyOrderElementsOf(
				SYNOPSES.stream().filter((synopsis) -> !FOR_OTHERS.contains(commandOf(synopsis))).toList());
	}

	@ParameterizedTest
	@FieldSource("SYNOPSES")
	void everyCommandIsUnderstoodWithItsOptionsAndWithout(String synopsis) {
		if (FOR_OTHERS.contains(commandOf(synopsis))) {
			return;
		}
		Context context = new Context(this.directory, new StateDirectory(this.directory), Map.of(),
				new PrintStream(System.out, true, StandardCharsets.UTF_8), Instant.now());
		for (String line : List.of(synopsis.replaceAll(" \\[.*]", ""), synopsis.replaceAll("[\\[\\]]", ""))) {
			assertThat(CommandLine.of(Arrays.asList(line.split(" ", -1))).in(context)).as(line).isPresent();
		}
	}

	@Test
	void theTableOfPortsIsTrue() {
		Map<String, Integer> documented = Pattern.compile("\\| `([A-Z_0-9]+)` (\\d+) ")
			.matcher(README)
			.results()
			.collect(Collectors.toMap((result) -> result.group(1), (result) -> Integer.valueOf(result.group(2))));
		assertThat(documented).isEqualTo(Stream.of(Port.values()).collect(Collectors.toMap(Port::name, Port::usual)));
	}

	@Test
	void theHelpOfUpNamesEveryPort() throws Exception {
		String help = run("up --help").out();
		String ports = help.substring(help.indexOf("another port:"), help.indexOf("PLATFORM_STATE_DIR"));
		assertThat(find("\\b([A-Z_0-9]{5,})\\b", ports))
			.containsExactlyInAnyOrderElementsOf(Stream.of(Port.values()).map(Port::name).toList());
	}

}
