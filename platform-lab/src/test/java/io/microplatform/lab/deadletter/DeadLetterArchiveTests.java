package io.microplatform.lab.deadletter;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.microplatform.lab.deadletter.LetterAction.Kind;
import io.microplatform.local.LocalInfrastructure;
import io.microplatform.local.kafka.Kafka;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class DeadLetterArchiveTests {

	private static final Kafka KAFKA = LocalInfrastructure.shared().kafka();

	private static final String OPERATOR = "operator";

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path directory;

	private final DeadLetters letters = new DeadLetters(KAFKA.adminProperties());

	private final DeadLetterArchive archive = new DeadLetterArchive(KAFKA.adminProperties());

	@AfterEach
	void close() {
		this.letters.close();
		this.archive.close();
	}

	private DeadLetter find(LetterReference reference) {
		return this.letters.find(reference).orElseThrow();
	}

	/** The letters that have the content of this one. */
	private List<DeadLetter> copiesOf(DeadLetter original) {
		List<DeadLetter> copies = new ArrayList<>();
		this.letters.read(original.reference().topic(), (letter) -> {
			if (Objects.equals(letter.data(), original.data())) {
				copies.add(letter);
			}
		});
		return copies;
	}

	/** Empties the topics, as those of a new platform are. */
	private static void deleteTopics(String... topics) throws Exception {
		try (Admin admin = Admin.create(KAFKA.adminProperties())) {
			admin.deleteTopics(List.of(topics)).all().get();
		}
		LocalInfrastructure.start(KAFKA);
	}

	@Test
	void bringsLettersAndActionsBack() throws Exception {
		deleteTopics("orders.dlq", DeadLetters.ACTIONS);
		DeadLetter gap = find(Letters.write("orders", "1", "{\"gap\":1}", "why"));
		DeadLetter open = find(Letters.write("orders", "1", "{\"open\":1}", "why"));
		DeadLetter discarded = find(Letters.write("orders", "1", "{\"discarded\":1}", "why"));
		DeadLetter replayed = find(Letters.write("orders", "1", "{\"replayed\":1}", "why"));
		this.letters.discard(discarded, OPERATOR);
		this.letters.replay(replayed, OPERATOR);
		Letters.writeTo(DeadLetters.ACTIONS, "no action");
		Path file = this.directory.resolve("letters");
		assertThat(this.archive.save(file)).isGreaterThanOrEqualTo(4);

		deleteTopics("orders.dlq", "credit.dlq", DeadLetters.ACTIONS);
		DeadLetter before = find(Letters.write("orders", "1", "{\"before\":1}", "shifts the offsets"));
		LoadedLetters loaded = this.archive.load(file);

		assertThat(loaded.skipped()).isZero();
		assertThat(loaded.discardedEvents()).contains(Objects.requireNonNull(discarded.eventId()))
			.doesNotContain(Objects.requireNonNull(replayed.eventId()));
		assertThat(copiesOf(open)).singleElement().satisfies((letter) -> {
			assertThat(letter.isOpen()).isTrue();
			assertThat(letter.at()).isEqualTo(open.at());
			assertThat(letter.eventId()).isEqualTo(open.eventId());
			assertThat(letter.reason()).isEqualTo(open.reason());
			assertThat(letter.reference().partition()).isEqualTo(open.reference().partition());
			assertThat(letter.reference()).isNotEqualTo(open.reference());
		});
		assertThat(copiesOf(discarded)).singleElement()
			.satisfies((letter) -> assertThat(letter.action()).isNotNull()
				.matches((action) -> action.kind() == Kind.DISCARDED && action.who().equals(OPERATOR)));
		assertThat(copiesOf(replayed)).singleElement()
			.satisfies((letter) -> assertThat(letter.action()).isNotNull()
				.matches((action) -> action.kind() == Kind.REPLAYED));
		assertThat(copiesOf(gap)).singleElement().matches(DeadLetter::isOpen);
		assertThat(find(before.reference()).isOpen()).isTrue();
		assertThat(this.letters.unreadableActions()).isEmpty();
	}

	@Test
	void bringsALetterWithoutKeyDataAndHeadersBack() throws Exception {
		deleteTopics("credit.dlq");
		Letters.write("credit", null, null, Map.of());
		Path file = this.directory.resolve("letters");
		this.archive.save(file);
		deleteTopics("credit.dlq");
		this.archive.load(file);
		List<DeadLetter> copies = new ArrayList<>();
		this.letters.read("credit.dlq", copies::add);
		assertThat(copies).singleElement().satisfies((letter) -> {
			assertThat(letter.key()).isNull();
			assertThat(letter.data()).isNull();
			assertThat(letter.message().headers()).isEmpty();
		});
	}

	@Test
	void aDamagedFileIsReported() throws Exception {
		Path file = Files.writeString(this.directory.resolve("letters"), "no letters");
		assertThatIOException().isThrownBy(() -> this.archive.load(file));
		assertThatIOException().isThrownBy(() -> this.archive.save(file));
	}

}
