package io.microplatform.configfiles;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigFilesTests {

	private static final List<Audience> AUDIENCE = List.of(new Audience("order-service", Set.of("local", "blue")),
			new Audience("user-service", Set.of("default")));

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path directory;

	@BeforeEach
	void writeTheSharedFile() throws IOException {
		write("application.yml", "a: 1\n");
	}

	private void write(String name, String content) throws IOException {
		Path file = this.directory.resolve(name);
		Files.createDirectories(file.getParent());
		Files.write(file, content.getBytes(StandardCharsets.UTF_8));
	}

	private ConfigFiles files() throws IOException {
		return ConfigFiles.in(this.directory);
	}

	private List<String> problems() throws IOException {
		return files().problems().stream().map(FileNote::toString).toList();
	}

	@ParameterizedTest
	@ValueSource(strings = { ".#order-service.yml", "._order-service.yml", "#order-service.yml#", "order-service.yml~",
			".order-service.yml.swp", "order-service.yml.swp", ".DS_Store", "order-service.yml.orig", "README.md",
			".github/ci.yml", "docs/README.md", "a/b/order-service.yml" })
	void whatIsNotConfigurationIsIgnored(String name) throws IOException {
		write(name, "[");
		assertThat(files().contents()).containsOnlyKeys("application.yml");
		assertThat(files().problems()).isEmpty();
		assertThat(files().leftOut()).isEmpty();
	}

	@Test
	void theLockOfAnEditorIsIgnored() throws IOException {
		Files.createSymbolicLink(this.directory.resolve(".#order-service.yml"), Path.of("ann@laptop.1234:1"));
		assertThat(files().contents()).containsOnlyKeys("application.yml");
		assertThat(files().problems()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "order-service.yaml", "order-service.properties", "order-service.YML", "Order.Yaml",
			"local/order-service.yml", "local/application.properties" })
	void whatLooksLikeConfigurationAndIsNotReadIsNamed(String name) throws IOException {
		write(name, "a: 1\n");
		assertThat(files().contents()).containsOnlyKeys("application.yml");
		assertThat(files().problems()).isEmpty();
		assertThat(files().leftOut()).singleElement().satisfies((note) -> {
			assertThat(note.file()).isEqualTo(name);
			assertThat(note.text()).startsWith("is not read");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "order-service", "user-service", "order-service-local", "order-service-blue",
			"application-local", "application-default" })
	void whatAServiceOrAProfileOfItReadsIsNotNamed(String name) throws IOException {
		write(name + ".yml", "a: 1\n");
		assertThat(files().unread(AUDIENCE)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "payment-service", "order-service-prod", "user-service-local", "application-prod",
			"Order-Service", "order-servicelocal" })
	void aFileThatNoServiceReadsIsNamed(String name) throws IOException {
		write(name + ".yml", "a: 1\n");
		assertThat(files().unread(AUDIENCE)).extracting(FileNote::file).containsExactly(name + ".yml");
		assertThat(files().contents()).containsKey(name + ".yml");
	}

	@Test
	void aByteThatIsNotUtf8IsNamedWithItsLine() throws IOException {
		Files.write(this.directory.resolve("order-service.yml"),
				"# ä\na: 1\nb: J\u00fcrgen\n".getBytes(StandardCharsets.ISO_8859_1));
		assertThat(problems()).containsExactly("order-service.yml line 1 is not UTF-8");
		Files.write(this.directory.resolve("order-service.yml"),
				"# a\na: 1\nb: J\u00fcrgen\n".getBytes(StandardCharsets.ISO_8859_1));
		assertThat(problems()).containsExactly("order-service.yml line 3 is not UTF-8");
		Files.write(this.directory.resolve("order-service.yml"), new byte[] { 'a', ':', ' ', (byte) 0xC3 });
		assertThat(problems()).containsExactly("order-service.yml line 1 is not UTF-8");
		Files.write(this.directory.resolve("order-service.yml"), "a: 1\n".getBytes(StandardCharsets.UTF_16));
		assertThat(problems()).containsExactly("order-service.yml line 1 is not UTF-8");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', ignoreLeadingAndTrailingWhitespace = false,
			value = { "a: [;line", "a: 1\\na: 2\\n;line 2", "b:\\n\\t- c\\n;line 2",
					"a: 1\\nb: \\0\\n;line 2 has the character U+0000", "a: *b\\n;line 1",
					"a: !!java.net.URL [x]\\n;line 1", "- a\\n;not a mapping", "text;not a mapping",
					"a: 1\\n---\\n- b\\n;not a mapping", "a: &a\\n  b: *a\\n;alias", "a: !!int b\\n;not valid YAML",
					"spring.config.import: file:/etc/passwd\\n;spring.config.import",
					"spring:\\n  config:\\n    import: [a]\\n;spring.config.import",
					"spring.profiles.active: a\\n;spring.profiles.active",
					"spring.config.activate.on-profile: a & b | c\\n;expression",
					"spring.config.activate.onProfile: (a\\n;expression" })
	void whatCannotBeReadIsRefusedInOneLine(String content, String problem) throws IOException {
		write("order-service.yml", content.replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0"));
		assertThat(problems()).singleElement()
			.asString()
			.startsWith("order-service.yml ")
			.contains(problem)
			.doesNotContain("\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "# nothing\n", "\uFEFFa: 1\n", "a: 1\r\nb: 2\r\n", "a: &x {b: 1}\nc: *x\n",
			"a: 1\n---\nspring.config.activate.on-profile: local & !(a | b)\nb: 2\n", "a: 2026-11-29\n",
			"a: J\u00fcrgen \uD83D\uDE00\n", "x: &x {b: 1}\ny:\n  <<: *x\n",
			"spring.config.activate.on-profile: [a, b]\n" })
	void whatTheConfigServerReadsIsTaken(String content) throws IOException {
		write("order-service.yml", content);
		assertThat(problems()).isEmpty();
	}

	@Test
	void aliasesOfAliasesAreRefused() throws IOException {
		StringBuilder content = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
		for (int i = 1; i <= 8; i++) {
			content.append(String.format(Locale.ROOT, "a%d: &a%d [%s]\n", i, i,
					String.format(Locale.ROOT, "*a%1$d, *a%1$d, *a%1$d, *a%1$d, *a%1$d", i - 1)));
		}
		write("order-service.yml", content.toString());
		assertThat(problems()).singleElement().asString().startsWith("order-service.yml ");
	}

	@Test
	void aDirectoryWithTheNameOfAFileIsRefused() throws IOException {
		Files.createDirectory(this.directory.resolve("order-service.yml"));
		assertThat(problems()).containsExactly("order-service.yml is not a file");
	}

	@Test
	void aLinkThatLeadsNowhereIsRefused() throws IOException {
		Files.createSymbolicLink(this.directory.resolve("order-service.yml"), Path.of("nowhere.yml"));
		assertThat(problems()).containsExactly("order-service.yml is not a file");
	}

	@Test
	void aSharedFileWithoutPropertiesIsRefused() throws IOException {
		write("application.yml", "# nothing\n");
		assertThat(problems()).containsExactly("application.yml has no properties");
	}

	@Test
	void withoutTheSharedFileThereIsNoVersion() throws IOException {
		assertThat(files().hasShared()).isTrue();
		Files.delete(this.directory.resolve("application.yml"));
		assertThat(files().hasShared()).isFalse();
		assertThat(ConfigFiles.in(this.directory.resolve("nowhere")).hasShared()).isFalse();
	}

}
