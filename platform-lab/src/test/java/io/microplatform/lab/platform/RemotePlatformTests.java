package io.microplatform.lab.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RemotePlatformTests {

	private static final String URL = "http://127.0.0.1:1";

	private static final String SECRET = "PLATFORM_KAFKA_ADMIN_PASSWORD";

	@ParameterizedTest
	@ValueSource(strings = { "http://127.0.0.1:8080", "https://platform.example.org/", "http://[::1]:8080" })
	void acceptsTheUrlOfAGateway(String url) {
		RemotePlatform platform = RemotePlatform.of(url, null, null, null);
		assertThat(platform.gateway()).hasToString(url.replaceAll("/$", ""));
		assertThat(platform.hasStores()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "127.0.0.1:8080", "ftp://127.0.0.1", "http://", "http:///orders", "http://a/orders",
			"http://a?b", "http://a#b", "http://user@a", "http://a b", "http://a:b:c", "http://a_b" })
	void rejectsOtherUrls(String url) {
		assertThatIllegalArgumentException().isThrownBy(() -> RemotePlatform.of(url, null, null, null))
			.withMessageStartingWith("invalid base URL '" + url + "'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", ":1", "a:", "a:b", "a:123456", "http://a:1", "a:1/b", "a:1,b:2" })
	void rejectsInvalidAddresses(String address, @TempDir Path secrets) {
		assertThatIllegalArgumentException().isThrownBy(() -> RemotePlatform.of(URL, address, "a:1", secrets))
			.withMessageStartingWith("invalid address '" + address + "'");
	}

	@Test
	void readsTheStoresWithBothAddressesAndTheSecretsOnly(@TempDir Path secrets) {
		assertThatIllegalArgumentException().isThrownBy(() -> RemotePlatform.of(URL, "a:1", null, secrets));
		assertThatIllegalArgumentException().isThrownBy(() -> RemotePlatform.of(URL, "a:1", "b:2", null));
		assertThat(RemotePlatform.of(URL, "a:1", "[::1]:2", secrets).hasStores()).isTrue();
	}

	@Test
	void readsAFileForEachSecret(@TempDir Path secrets) throws IOException {
		Files.writeString(secrets.resolve(SECRET), "of a file\n");
		RemotePlatform platform = RemotePlatform.of(URL, "a:1", "b:2", secrets);
		assertThat(platform.secret(SECRET)).isEqualTo("of a file");
		assertThat(platform.kafkaProperties()).containsEntry("bootstrap.servers", "b:2")
			.hasEntrySatisfying("sasl.jaas.config", (jaas) -> assertThat(jaas).asString().contains("of a file"));
		assertThatIllegalStateException().isThrownBy(() -> platform.secret("PLATFORM_TOKENS_SECRET"))
			.withMessage(secrets + " has no secret PLATFORM_TOKENS_SECRET");
	}

	@Test
	void readsLinesOfOneFile(@TempDir Path directory) throws IOException {
		Path secrets = Files.writeString(directory.resolve("secrets.env"), "# a\nA=1=2\n\nAB=3\n");
		RemotePlatform platform = RemotePlatform.of(URL, null, null, secrets);
		assertThat(platform.secret("A")).isEqualTo("1=2");
		assertThat(platform.secret("AB")).isEqualTo("3");
		assertThatIllegalStateException().isThrownBy(() -> platform.secret("B"))
			.withMessage(secrets + " has no secret B");
		assertThatIllegalStateException().isThrownBy(platform::kafkaProperties);
	}

}
