package io.microplatform.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

import io.microplatform.cli.StandInCheckout.Output;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * README.md and docs/configuration.md name the same commands, options and ports as the
 * definitions of the commands.
 */
class DocumentedCommandsTests {

	private static final String README = read("README.md");

	private static final CommandLine PLATFORM = new Platform(Path.of(""), Map.of(), System.out, System.err)
		.commandLine(Instant.EPOCH);

	private static String read(String file) {
		try {
			return Files.readString(Script.ofThisCheckout().resolveSibling(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Every command that executes something, so dlq list rather than dlq. */
	private static Stream<CommandLine> commands(CommandLine commandLine) {
		List<CommandLine> visible = commandLine.getSubcommands()
			.values()
			.stream()
			.filter((command) -> !command.getCommandSpec().usageMessage().hidden())
			.toList();
		return visible.isEmpty() ? Stream.of(commandLine) : visible.stream().flatMap(DocumentedCommandsTests::commands);
	}

	private static List<CommandLine> commands() {
		return commands(PLATFORM).toList();
	}

	private static String synopsis(CommandLine command) {
		return command.getHelp().synopsis(0).strip().replaceAll("\\s+", " ");
	}

	@Test
	void theReadmeHasASynopsisOfEachCommand() {
		assertThat(Pattern.compile("^\\| `(\\./platform [^`]+)` \\|", Pattern.MULTILINE).matcher(README).results())
			.extracting((result) -> result.group(1).replace("\\|", "|"))
			.containsExactlyInAnyOrderElementsOf(commands().stream().map(DocumentedCommandsTests::synopsis).toList());
	}

	@ParameterizedTest
	@MethodSource("commands")
	void everyCommandExplainsItself(CommandLine command) throws Exception {
		String line = command.getCommandSpec().qualifiedName().replace("./platform ", "");
		Output help = new Script(Script.ofThisCheckout(), Map.of()).run(line + " --help");
		assertThat(help.code()).isZero();
		assertThat(help.err()).isEmpty();
		assertThat(help.out()).startsWith("usage: ./platform " + line);
		assertThat(help.out().lines()).hasSizeGreaterThan(2).allMatch((text) -> text.length() <= 120);
	}

	@Test
	void theTableOfPortsIsTrue() {
		Map<String, Integer> documented = Pattern.compile("\\| `([A-Z_0-9]+)` (\\d+) ")
			.matcher(read("docs/configuration.md"))
			.results()
			.collect(Collectors.toMap((result) -> result.group(1), (result) -> Integer.valueOf(result.group(2))));
		assertThat(documented).isEqualTo(Stream.of(Port.values()).collect(Collectors.toMap(Port::name, Port::usual)));
	}

	@Test
	void theHelpOfUpNamesEveryPort() {
		String help = Objects.requireNonNull(PLATFORM.getSubcommands().get("up")).getUsageMessage();
		String ports = help.substring(help.indexOf("another port:"), help.indexOf("PLATFORM_ALERTS"));
		assertThat(Pattern.compile("\\b([A-Z_0-9]{5,})\\b").matcher(ports).results()).extracting(MatchResult::group)
			.containsExactlyInAnyOrderElementsOf(Stream.of(Port.values()).map(Port::name).toList());
	}

}
