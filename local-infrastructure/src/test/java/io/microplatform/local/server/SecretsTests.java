package io.microplatform.local.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

import io.microplatform.local.service.BusinessService;
import io.microplatform.local.service.BusinessServices;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class SecretsTests {

	@SuppressWarnings("NullAway.Init") // set before each
	private StateDirectory state;

	@BeforeEach
	void create(@TempDir Path directory) throws IOException {
		this.state = new StateDirectory(directory.resolve("state")).create();
	}

	@Test
	void areGeneratedOnceAndDifferFromEachOther() throws IOException {
		Secrets first = Secrets.in(this.state);
		Secrets second = Secrets.in(this.state);
		assertThat(first.get("PLATFORM_TOKENS_SECRET")).hasSizeGreaterThanOrEqualTo(32)
			.isAlphanumeric()
			.isEqualTo(second.get("PLATFORM_TOKENS_SECRET"))
			.isNotEqualTo(first.get("PLATFORM_CONFIG_PASSWORD"));
	}

	@Test
	void areTheirOwnersOnly() throws IOException {
		Secrets.in(this.state);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.state.secrets())))
			.isEqualTo("rw-------");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.state.root())))
			.isEqualTo("rwx------");
	}

	@Test
	void oneThatIsMissingIsAddedToTheOthers() throws IOException {
		Files.writeString(this.state.secrets(), "PLATFORM_TOKENS_SECRET=chosenByTheUser1234\n");
		Secrets secrets = Secrets.in(this.state, services("order-service"));
		assertThat(secrets.get("PLATFORM_TOKENS_SECRET")).isEqualTo("chosenByTheUser1234");
		assertThat(secrets.password("KAFKA", "order-service")).isNotBlank();
	}

	private static BusinessServices services(String... names) {
		return new BusinessServices(
				Stream.of(names).map((name) -> new BusinessService(name, List.of(), List.of())).toList());
	}

	@Test
	void aServiceThatIsAddedLaterGetsPasswordsAndTheOthersKeepTheirs() throws IOException {
		Secrets first = Secrets.in(this.state, services("order-service"));
		Files.createDirectories(this.state.data("postgresql").resolve("base"));
		Secrets second = Secrets.in(this.state, services("order-service", "b2b-service"));
		for (String server : List.of("DATABASE", "REDIS", "KAFKA")) {
			assertThat(second.password(server, "order-service")).isEqualTo(first.password(server, "order-service"));
			assertThat(second.password(server, "b2b-service")).hasSizeGreaterThanOrEqualTo(32).isAlphanumeric();
			assertThat(Files.readString(this.state.secrets()))
				.contains("PLATFORM_%s_B2B_SERVICE_PASSWORD=".formatted(server));
		}
		assertThat(Secrets.in(this.state).password("KAFKA", "b2b-service"))
			.isEqualTo(second.password("KAFKA", "b2b-service"));
		assertThat(second.services().names()).containsExactly("order-service", "b2b-service");
	}

	@Test
	void theFirstAdministratorIsAmongThem() throws IOException {
		Files.writeString(this.state.secrets(), "PLATFORM_TOKENS_SECRET=chosenByTheUser1234\n");
		Secrets secrets = Secrets.in(this.state);
		assertThat(secrets.get("PLATFORM_ADMIN_EMAIL")).isEqualTo("admin@example.org");
		assertThat(secrets.get("PLATFORM_ADMIN_PASSWORD")).hasSizeGreaterThanOrEqualTo(32).isAlphanumeric();
		assertThat(Secrets.in(this.state).get("PLATFORM_ADMIN_PASSWORD"))
			.isEqualTo(secrets.get("PLATFORM_ADMIN_PASSWORD"));
	}

	@Test
	void theFirstAdministratorsAddressCanBeChosen() throws IOException {
		Files.writeString(this.state.secrets(), "PLATFORM_ADMIN_EMAIL=ada+1@x.org\n");
		assertThat(Secrets.in(this.state).get("PLATFORM_ADMIN_EMAIL")).isEqualTo("ada+1@x.org");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "PLATFORM_ADMIN_EMAIL=$(id)@example.org", "PLATFORM_ADMIN_PASSWORD=ada.lovelace@example.org" })
	void nothingThatAShellWouldReadOtherwiseIsTaken(String line) throws IOException {
		Files.writeString(this.state.secrets(), line + "\n");
		assertThatIOException().isThrownBy(() -> Secrets.in(this.state)).withMessageContaining("line 1");
	}

	@Test
	void aShortOneIsRefusedWithoutBeingRepeated() throws IOException {
		Files.writeString(this.state.secrets(), "PLATFORM_TOKENS_SECRET=short\n");
		assertThatIOException().isThrownBy(() -> Secrets.in(this.state))
			.withMessageContaining("line 1")
			.withMessageNotContaining("short");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 40, 300, 500, 900, -1, -20 })
	void aFileThatWasCutOffIsNotCompletedWhereThereAreData(int length) throws IOException {
		Secrets.in(this.state);
		String whole = Files.readString(this.state.secrets());
		String cutOff = whole.substring(0, (length < 0) ? whole.length() + length : length);
		Files.createDirectories(this.state.data("postgresql").resolve("base"));
		assertThat(Secrets.in(this.state)).isNotNull();
		Files.writeString(this.state.secrets(), cutOff);
		assertThatIOException().isThrownBy(() -> Secrets.in(this.state)).withMessageContaining("secrets.env");
		assertThatIOException().isThrownBy(() -> Secrets.check(this.state)).withMessageContaining("secrets.env");
		assertThat(this.state.secrets()).hasContent(cutOff);
	}

	@Test
	void aFileThatIsGoneIsNotMadeAnewWhereThereAreData() throws IOException {
		Files.createDirectories(this.state.data("postgresql").resolve("base"));
		assertThatIOException().isThrownBy(() -> Secrets.in(this.state))
			.withMessageContaining("secrets.env lacks PLATFORM_DATABASE_ADMIN_PASSWORD")
			.withMessageContaining("down --purge");
		assertThat(this.state.secrets()).doesNotExist();
	}

	@Test
	void whatIsNoTextIsRefusedByItsLine() throws IOException {
		Files.write(this.state.secrets(), new byte[] { '#', '\n', (byte) 0xff, (byte) 0xfe, 0, 0 });
		assertThatIOException().isThrownBy(() -> Secrets.in(this.state)).withMessageContaining("secrets.env: line 2");
	}

}
