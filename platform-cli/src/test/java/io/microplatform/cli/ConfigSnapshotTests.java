package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.microplatform.configfiles.GitOrigin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ConfigSnapshotTests {

	private static final List<String> BUSINESS = List.of("user-service", "order-service");

	@SuppressWarnings("NullAway.Init") // set before each
	private Path repository;

	@SuppressWarnings("NullAway.Init") // set before each
	private Path snapshots;

	@BeforeEach
	void create(@TempDir Path directory) throws IOException {
		this.repository = Files.createDirectory(directory.resolve("config-repo"));
		this.snapshots = directory.resolve("config");
		write("application.yml", "a: 1\n");
	}

	private void write(String name, String content) throws IOException {
		Files.writeString(this.repository.resolve(name), content);
	}

	private ConfigSnapshot snapshot() throws IOException, CommandFailedException {
		return ConfigSnapshot.of(this.repository);
	}

	@Test
	void theVersionIsThatOfNamesAndContents() throws Exception {
		String version = snapshot().version();
		assertThat(version).matches("[0-9a-f]{64}").isEqualTo(snapshot().version());
		write("user-service.yml", "b: 2\n");
		String more = snapshot().version();
		Files.move(this.repository.resolve("user-service.yml"), this.repository.resolve("order-service.yml"));
		assertThat(snapshot().version()).isNotEqualTo(more).isNotEqualTo(version);
	}

	@Test
	void whatIsPublishedIsWholeAndStaysWhatItIs() throws Exception {
		ConfigSnapshot first = snapshot();
		first.publish(this.snapshots, "ada");
		write("application.yml", "a: 2\n");
		assertThat(ConfigSnapshot.published(this.snapshots)).isEqualTo(first.version());
		snapshot().publish(this.snapshots, "ada");
		assertThat(ConfigSnapshot.published(this.snapshots)).isEqualTo(snapshot().version());
		assertThat(this.snapshots.resolve(first.version()).resolve("application.yml")).hasContent("a: 1");
		assertThat(this.snapshots).isDirectoryNotContaining("glob:**{.tmp,next-*}");
	}

	@Test
	void publishingAgainChangesNothing() throws Exception {
		snapshot().publish(this.snapshots, "ada");
		snapshot().publish(this.snapshots, "ada");
		assertThat(this.snapshots.resolve(snapshot().version())).isDirectoryContaining("glob:**/application.yml");
	}

	@Test
	void aRolloutThatDidNotEndIsNotRolledBackAfterAPublication() throws Exception {
		snapshot().publish(this.snapshots, "ada");
		Path unfinished = Files.writeString(this.snapshots.resolve("unfinished"), snapshot().version() + "\n");
		write("application.yml", "a: 2\n");
		snapshot().publish(this.snapshots, "ada");
		assertThat(unfinished).doesNotExist();
	}

	@Test
	void nothingIsPublishedAtFirst() throws Exception {
		assertThat(ConfigSnapshot.published(this.snapshots)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a: [", "a: 1\na: 2\n", "- a\n", "a:\n\t- b\n" })
	void whatIsNotConfigurationIsRefusedByName(String content) throws IOException {
		write("user-service.yml", content);
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(this::snapshot)
			.withMessageContaining("user-service.yml")
			.withMessageNotContaining("\n");
	}

	@Test
	void aByteThatIsNotUtf8IsRefusedWithFileAndLine() throws IOException {
		Files.write(this.repository.resolve("user-service.yml"), new byte[] { 'a', ':', '\n', (byte) 0xFC });
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(this::snapshot)
			.withMessage(this.repository.resolve("user-service.yml") + " line 2 is not UTF-8");
	}

	@Test
	void severalFilesThatCannotBeServedAreNamedTogether() throws IOException {
		write("user-service.yml", "a: [");
		Files.createDirectory(this.repository.resolve("order-service.yml"));
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(this::snapshot)
			.satisfies((failure) -> assertThat(failure.log()).hasSize(2)
				.first()
				.isEqualTo("✗ order-service.yml is not a file"));
	}

	@Test
	void theLockOfAnEditorIsIgnored() throws Exception {
		String version = snapshot().version();
		Files.createSymbolicLink(this.repository.resolve(".#user-service.yml"), Path.of("ann@laptop.1:2"));
		write("._user-service.yml", "\0");
		assertThat(snapshot().version()).isEqualTo(version);
	}

	@Test
	void whatIsNotReadIsNamed() throws Exception {
		for (String name : List.of("user-service-local.yml", "order-service.yml", "api-gateway.yml")) {
			write(name, "a: 1\n");
		}
		assertThat(snapshot().unread(BUSINESS)).isEmpty();
		for (String name : List.of("payment-service.yml", "user-service-prod.yml", "order-service.yaml",
				"user-service.properties")) {
			write(name, "a: 1\n");
		}
		assertThat(snapshot().unread(BUSINESS)).hasSize(4)
			.anyMatch((note) -> note.startsWith("payment-service.yml is read by no service"))
			.anyMatch((note) -> note.startsWith("order-service.yaml is not read"));
		assertThat(snapshot().unread(List.of("user-service", "order-service", "payment-service"))).hasSize(3);
	}

	@Test
	void aVersionOfAnotherOriginIsTakenBack() throws Exception {
		GitOrigin origin = new GitOrigin("https://git.example.org/a.git", "main", "config");
		snapshot().publish(this.snapshots, "ada");
		String version = origin.version("0".repeat(40));
		Files.createDirectory(this.snapshots.resolve(version));
		Files.createFile(this.snapshots.resolve(version).resolve("application.yml"));
		Files.writeString(this.snapshots.resolve("current"), version + "\n");
		ConfigSnapshot.keepOnly(origin, this.snapshots);
		assertThat(ConfigSnapshot.published(this.snapshots)).isEqualTo(version);
		ConfigSnapshot.keepOnly(new GitOrigin(origin.uri(), "main", "other"), this.snapshots);
		assertThat(ConfigSnapshot.published(this.snapshots)).isEmpty();
	}

	@Test
	void aRepositoryWithoutTheSharedFileIsRefused() throws IOException {
		Files.delete(this.repository.resolve("application.yml"));
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(this::snapshot)
			.withMessageContaining("application.yml");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a: 1\nb", "\0\0\0\0\0" })
	void aDamagedCopyIsReplaced(String content) throws Exception {
		snapshot().publish(this.snapshots, "ada");
		Path stored = this.snapshots.resolve(snapshot().version()).resolve("application.yml");
		Files.writeString(stored, content);
		snapshot().publish(this.snapshots, "ada");
		assertThat(stored).hasContent("a: 1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0123", "\0\0\0", "..", "history" })
	void aDamagedFileOfWhatIsPublishedPublishesNothing(String content) throws Exception {
		snapshot().publish(this.snapshots, "ada");
		Files.writeString(this.snapshots.resolve("current"), content);
		assertThat(ConfigSnapshot.published(this.snapshots)).isEmpty();
	}

}
