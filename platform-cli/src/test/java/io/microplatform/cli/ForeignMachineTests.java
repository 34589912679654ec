package io.microplatform.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.microplatform.cli.StandInCheckout.Output;
import io.microplatform.local.process.NeutralLocale;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Locales, time zones and names of directories that users have.
 */
class ForeignMachineTests {

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path directory;

	@Test
	void aWholeLife() throws Exception {
		aWholeLife("Jürgen, x", "fa_IR.UTF-8", "JST");
	}

	@ParameterizedTest
	@CsvSource({ "'نام (1) & 50 % #2; {a}', tr_TR.UTF-8, Asia/Calcutta", "'名前=a+b@~!', POSIX, PST8PDT" })
	@EnabledIfSystemProperty(named = "platform.tests", matches = "full", disabledReason = "part of --full only")
	void aWholeLife(String name, String locale, String zone) throws Exception {
		Path state = this.directory.resolve(name).resolve("state " + name);
		try (StandInCheckout checkout = new StandInCheckout(this.directory.resolve("checkout " + name), state)) {
			checkout.set("PLATFORM_SKIP_BUILD", "1");
			checkout.set("LC_ALL", locale);
			checkout.set("TZ", zone);
			assertThat(assertDone(checkout, "up").out()).containsPattern("ready in [0-9]+\\.[0-9] s");
			assertThat(checkout.entry("order-service-1").command()).contains(NeutralLocale.JVM_FLAGS);
			assertThat(state.resolve("data/kafka/log/meta.properties")).exists();
			assertThat(state.resolve("data/redis/appendonly.aof")).exists();
			for (String server : List.of("postgresql", "redis", "kafka")) {
				checkout.entry(server).process().orElseThrow().kill();
			}
			assertDone(checkout, "up");
			assertThat(assertDone(checkout, "status --json").out()).contains("\"UP\"").matches("\\p{ASCII}*");
			assertDone(checkout, "restart user-service");
			assertThat(assertDone(checkout, "status").out()).matches("\\p{ASCII}*");
			assertDone(checkout, "down --purge");
			try (Stream<Path> left = Files.walk(this.directory)) {
				assertThat(left).noneMatch((path) -> path.endsWith("meta.properties"));
			}
		}
	}

	private static Output assertDone(StandInCheckout checkout, String line) throws Exception {
		Output output = checkout.script(line);
		assertThat(output.err()).isEmpty();
		assertThat(output.code()).isZero();
		return output;
	}

	@ParameterizedTest
	@ValueSource(strings = { "it's", "a\"b", "a:b", "a\\b", "a`b", "a$b", "a\nb", "a\tb", "a😀b" })
	void aNameThatCannotBeIsRefusedBeforeAnythingStarts(String name) throws Exception {
		Path state = this.directory.resolve(name);
		for (String command : new String[] { "up", "status", "down --purge", "doctor" }) {
			Output output = new Script(Script.ofThisCheckout(), Map.of("PLATFORM_STATE_DIR", state.toString()))
				.run(command);
			assertThat(output.code()).isOne();
			assertThat(output.out()).isEmpty();
			assertThat(output.err()).startsWith("platform: invalid name of the state directory").hasLineCount(1);
		}
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void aNameThatIsNotUtf8IsRefused() throws Exception {
		Output output = new Script(Script.ofThisCheckout(), Map.of("PARENT", this.directory.toString()))
			.run("--help; PLATFORM_STATE_DIR=\"$PARENT\"/$'J\\xfcrgen' \"$0\" up");
		assertThat(output.code()).isOne();
		assertThat(output.err()).startsWith("platform: invalid name of the state directory").hasLineCount(1);
		assertThat(this.directory).isEmptyDirectory();
	}

}
