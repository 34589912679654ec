package io.microplatform.lab.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.microplatform.local.LocalInfrastructure;
import io.microplatform.local.kafka.Kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DeadLettersTests {

	private static final Kafka KAFKA = LocalInfrastructure.shared().kafka();

	private static final String OPERATOR = "operator";

	private final DeadLetters letters = new DeadLetters(KAFKA.adminProperties());

	@AfterEach
	void close() {
		this.letters.close();
	}

	private DeadLetter find(LetterReference reference) {
		return this.letters.find(reference).orElseThrow();
	}

	private List<LetterReference> open() {
		return this.letters.open().stream().map(DeadLetter::reference).toList();
	}

	@Test
	void readsTheHeadersOfALetter() {
		Instant before = Instant.now();
		LetterReference reference = Letters.write("orders", "17", "{\"orderId\":1}", "java.lang.Exception: why");
		DeadLetter letter = find(reference);
		assertThat(letter.reference()).isEqualTo(reference).hasToString("orders.dlq/4/" + reference.offset());
		assertThat(letter.isOpen()).isTrue();
		assertThat(letter.at()).isBetween(before.minusMillis(1), Instant.now());
		assertThat(letter.originalTopic()).isEqualTo("orders");
		assertThat(letter.originalPlace()).isEqualTo("orders/4/17");
		assertThat(letter.type()).isEqualTo("test.letter");
		assertThat(letter.key()).isEqualTo("17");
		assertThat(letter.data()).isEqualTo("{\"orderId\":1}");
		assertThat(letter.reason()).isEqualTo("java.lang.Exception: why");
		assertThat(letter.attempts()).isEqualTo("3");
		assertThat(letter.consumer()).isEqualTo("test");
	}

	@Test
	void readsALetterWithoutHeadersAndData() {
		DeadLetter letter = find(Letters.write("credit", null, null, Map.of()));
		assertThat(letter.key()).isNull();
		assertThat(letter.data()).isNull();
		assertThat(letter.type()).isNull();
		assertThat(letter.originalPlace()).isEqualTo("credit/?/?");
		assertThat(letter.reason()).isEqualTo("not given");
	}

	@Test
	void aLetterIsOpenUntilItIsDiscarded() {
		LetterReference discarded = Letters.write("orders", "1", "{}", "why");
		LetterReference other = Letters.write("credit", "1", "{}", "why");
		assertThat(open()).contains(discarded, other);
		DeadLetter letter = find(discarded);
		this.letters.discard(letter, OPERATOR);
		assertThat(open()).contains(other).doesNotContain(discarded);
		assertThat(find(discarded).action()).isNotNull().satisfies((action) -> {
			assertThat(action.kind()).isEqualTo(LetterAction.Kind.DISCARDED);
			assertThat(action.who()).isEqualTo(OPERATOR);
			assertThat(action.eventId()).isEqualTo(letter.eventId());
			assertThat(action.at()).isBetween(letter.at(), Instant.now());
		});
		assertThat(Letters.sent("orders", letter)).isEmpty();
		try (DeadLetters secondOperator = new DeadLetters(KAFKA.adminProperties())) {
			assertThat(secondOperator.find(discarded)).get().matches((seen) -> !seen.isOpen());
		}
	}

	@Test
	void replaySendsTheOriginalMessage() {
		LetterReference reference = Letters.write("orders", "17", "{\"orderId\":1}", "why");
		DeadLetter letter = find(reference);
		this.letters.replay(letter, OPERATOR);
		assertThat(find(reference).action()).isNotNull()
			.matches((action) -> action.kind() == LetterAction.Kind.REPLAYED);
		ConsumerRecord<byte[], byte[]> sent = Letters.sent("orders", letter).getFirst();
		assertThat(sent.key()).asString(StandardCharsets.UTF_8).isEqualTo("17");
		assertThat(sent.value()).asString(StandardCharsets.UTF_8).isEqualTo("{\"orderId\":1}");
		assertThat(sent.headers()).extracting(Header::key).containsExactly("ce_id", "ce_type");
		// The producer selects the partition by the key.
		assertThat(sent.partition()).isEqualTo(Letters.partitionOf("orders", "17")).isNotEqualTo(reference.partition());
	}

	@Test
	void aDiscardedLetterIsNotReplayed() {
		LetterReference reference = Letters.write("orders", "17", "{}", "why");
		this.letters.discard(find(reference), OPERATOR);
		DeadLetter discarded = find(reference);
		assertThatIllegalArgumentException().isThrownBy(() -> this.letters.replay(discarded, OPERATOR));
		assertThat(Letters.sent("orders", discarded)).isEmpty();
	}

	@Test
	void aLetterStaysOpenWhenItsReplayIsNotRecorded() throws Exception {
		LetterReference reference = Letters.write("orders", "17", "{}", "why");
		DeadLetter letter = find(reference);
		try (Admin admin = Admin.create(KAFKA.adminProperties())) {
			admin.deleteTopics(List.of(DeadLetters.ACTIONS)).all().get();
		}
		assertThatExceptionOfType(KafkaException.class).isThrownBy(() -> this.letters.replay(letter, OPERATOR));
		LocalInfrastructure.start(KAFKA);
		assertThat(find(reference).isOpen()).isTrue();
		this.letters.replay(find(reference), OPERATOR);
		assertThat(find(reference).isOpen()).isFalse();
		assertThat(Letters.sent("orders", letter)).hasSize(2);
	}

	@Test
	void actionsDoNotApplyToARecreatedTopic() throws Exception {
		LetterReference before = Letters.write("credit", "1", "{}", "why");
		this.letters.discard(find(before), OPERATOR);
		try (Admin admin = Admin.create(KAFKA.adminProperties())) {
			admin.deleteTopics(List.of("credit.dlq")).all().get();
		}
		LocalInfrastructure.start(KAFKA);
		LetterReference after = Letters.write("credit", "1", "{}", "why");
		while (after.offset() < before.offset()) {
			after = Letters.write("credit", "1", "{}", "why");
		}
		assertThat(after).isEqualTo(before);
		assertThat(find(after).isOpen()).isTrue();
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "{", "null", "[]", "{}", "{\"kind\":\"BURNT\"}",
			"{\"kind\":\"REPLAYED\",\"letter\":\"a\"}" })
	void aMalformedActionIsReportedAndChangesNoLetter(@Nullable String data) {
		LetterReference letter = Letters.write("orders", "1", "{}", "why");
		String place = Letters.writeTo(DeadLetters.ACTIONS, data);
		assertThat(open()).contains(letter);
		assertThat(this.letters.unreadableActions()).contains(place);
	}

	@Test
	void aHeaderWithoutAValueIsIgnored() {
		LetterReference reference = Letters.writeWithoutValues("orders", List.of("ce_id", "ce_type", "dlq_reason"));
		DeadLetter letter = find(reference);
		assertThat(letter.reason()).isEqualTo("not given");
		assertThat(letter.eventId()).isNull();
		this.letters.discard(letter, OPERATOR);
		assertThat(find(reference).isOpen()).isFalse();
	}

	@Test
	void lettersAreReadInTheOrderOfTheirPartition() {
		LetterReference first = Letters.write("orders", "1", "{}", "why");
		LetterReference second = Letters.write("orders", "2", "{}", "why");
		List<LetterReference> read = new ArrayList<>();
		this.letters.read("orders.dlq", (letter) -> read.add(letter.reference()));
		assertThat(read).containsSubsequence(first, second);
	}

	@ParameterizedTest
	@ValueSource(strings = { "orders.dlq/4/999999999", "orders.dlq/99/0", "nothing.dlq/0/0" })
	void aMissingLetterIsNotFound(String reference) {
		assertThat(LetterReference.of(reference).orElseThrow())
			.satisfies((known) -> assertThat(this.letters.find(known)).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "orders", "orders.dlq", "orders.dlq/1", "orders/1/2", "orders.dlq/-1/2",
			"orders.dlq/1/2/3", "orders.dlq/1/99999999999999999999", "../orders.dlq/1/2" })
	void rejectsMalformedReferences(String text) {
		assertThat(LetterReference.of(text)).isEmpty();
	}

	@Test
	void failsWhenTheBrokerDoesNotAnswer() {
		try (DeadLetters unreachable = new DeadLetters(Kafka.clientProperties("127.0.0.1:1", "admin", "secret"))) {
			assertThatExceptionOfType(KafkaException.class).isThrownBy(unreachable::open);
		}
	}

}
