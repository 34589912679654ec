package io.microplatform.local.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class BusinessServicesTests {

	private static final Path CHECKOUT = Path.of(Objects.requireNonNull(System.getProperty("platform.root")));

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path root;

	@BeforeEach
	void describeTheServicesOfEveryPlatform() throws IOException {
		write("order-service", "kafka.consumes = credit\nkafka.produces = orders\n");
		write("user-service", "kafka.consumes = orders\nkafka.produces = credit\n");
	}

	private Path write(String service, String content) throws IOException {
		Path file = this.root.resolve(service).resolve(BusinessService.FILE);
		Files.createDirectories(file.resolveSibling(""));
		return Files.writeString(file, content);
	}

	private BusinessServices read() throws IOException {
		return BusinessServices.in(this.root);
	}

	@Test
	void thoseOfThisCheckoutBeginWithTheTwoOfEveryPlatform() throws IOException {
		assertThat(BusinessServices.in(CHECKOUT).all()).startsWith(
				new BusinessService("user-service", List.of("orders"), List.of("credit")),
				new BusinessService("order-service", List.of("credit"), List.of("orders")));
		assertThat(read().names()).isEqualTo(BusinessServices.BUILT_IN);
		assertThat(read()).hasToString("user-service and order-service");
	}

	@Test
	void othersFollowInAlphabeticalOrder() throws IOException {
		write("zebra", "");
		write("delivery-service", "# nothing yet\n");
		write("b2b-service", "kafka.consumes = orders , credit,orders\nkafka.produces = b2b.invoices\n");
		Files.createDirectories(this.root.resolve("docs"));
		Files.createDirectories(this.root.resolve("folder/service.properties"));
		assertThat(read().names()).containsExactly("user-service", "order-service", "b2b-service", "delivery-service",
				"zebra");
		assertThat(read().all().get(2))
			.isEqualTo(new BusinessService("b2b-service", List.of("orders", "credit"), List.of("b2b.invoices")));
		assertThat(read().topics()).containsExactly("credit", "orders", "b2b.invoices");
		assertThat(read()).hasToString("user-service, order-service, b2b-service, delivery-service and zebra");
		assertThat(read().contains("zebra")).isTrue();
		assertThat(read().contains("docs")).isFalse();
	}

	@Test
	void aDirectoryWithoutServicesHasNone() throws IOException {
		assertThat(BusinessServices.in(this.root.resolve("nowhere"))).isEqualTo(BusinessServices.NONE)
			.hasToString("none");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', delimiter = '|',
			textBlock = """
					kafka.consume = orders         | unknown key 'kafka.consume': the keys are kafka.consumes and kafka.produces
					Kafka.produces = deliveries    | unknown key 'Kafka.produces'
					port = 8204                    | unknown key 'port'
					kafka.consumes = Orders        | invalid topic 'Orders' in kafka.consumes
					kafka.consumes = orders,,credit| invalid topic '' in kafka.consumes
					kafka.consumes = orders credit | invalid topic 'orders credit' in kafka.consumes
					kafka.consumes = orders.dlq    | invalid topic 'orders.dlq' in kafka.consumes
					kafka.produces = dlq.actions   | invalid topic 'dlq.actions' in kafka.produces
					kafka.produces = deliveries_   | invalid topic 'deliveries_' in kafka.produces
					kafka.produces = __offsets     | invalid topic '__offsets' in kafka.produces
					kafka.consumes = order         | topic 'order' in kafka.consumes is produced by no service: there are credit and orders
					kafka.consumes = \\u00zz       | has an invalid escape sequence
					""")
	void whatIsInvalidIsRefusedByFileAndKey(String content, String reason) throws IOException {
		Path file = write("delivery-service", content + "\n");
		assertThatIOException().isThrownBy(this::read)
			.withMessageStartingWith(file.toString())
			.withMessageContaining(reason)
			.withMessageNotContaining("\n");
	}

	@Test
	void bytesThatAreNotUtf8AreNoTopic() throws IOException {
		Files.write(write("delivery-service", ""),
				new byte[] { 'k', 'a', 'f', 'k', 'a', '.', 'c', 'o', 'n', 's', 'u', 'm', 'e', 's', '=', (byte) 0xFC });
		assertThatIOException().isThrownBy(this::read).withMessageContaining("invalid topic");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "Delivery", "delivery_service", "delivery-service.bak", "delivery-2", "2-delivery", "delivery-",
					"-delivery", "delivery service", "lieferdienst-ö", "a-name-that-has-more-than-forty-characters" })
	void aDirectoryWhoseNameCannotBeThatOfAServiceIsRefused(String name) throws IOException {
		Path file = write(name, "");
		assertThatIOException().isThrownBy(this::read)
			.withMessageStartingWith("%s: invalid service name '%s'".formatted(file, name))
			.withMessageNotContaining("\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "application", "admin", "exporter", "default", "public", "none", "postgres", "template1",
			"pg-tools", "redis", "api-gateway", "platform-cli", "service-starter", "observability" })
	void aReservedNameIsRefused(String name) throws IOException {
		write(name, "");
		assertThatIOException().isThrownBy(this::read).withMessageContaining("'%s': it is reserved", name);
	}

	/** It could join the other's consumer groups. */
	@ParameterizedTest
	@ValueSource(strings = { "order", "user-s" })
	void aNameWithWhichAnotherBeginsIsRefused(String name) throws IOException {
		Path file = write(name, "");
		assertThatIOException().isThrownBy(this::read)
			.withMessageStartingWith(file.toString())
			.withMessageContaining("must not begin with it");
	}

}
