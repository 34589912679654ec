package io.microplatform.acceptance.load;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MixTests {

	private static final Call OFTEN = new Call("often", () -> Replies.of(200));

	private static final Call SELDOM = new Call("seldom", () -> Replies.of(200));

	@Test
	void asksEachPartByItsWeight() {
		assertThat(calls(1)).filteredOn(OFTEN::equals).hasSizeBetween(700, 800);
		assertThat(calls(1)).containsOnly(OFTEN, SELDOM);
	}

	@Test
	void repeatsItselfWithTheSameSeed() {
		assertThat(calls(1)).isEqualTo(calls(1)).isNotEqualTo(calls(2));
	}

	@Test
	void everyPartHasAWeight() {
		Mix mix = new Mix(new SplittableRandom(1));
		assertThatIllegalArgumentException().isThrownBy(() -> mix.with(0, () -> OFTEN));
	}

	private static List<Call> calls(long seed) {
		Mix mix = new Mix(new SplittableRandom(seed)).with(3, () -> OFTEN).with(1, () -> SELDOM);
		return Stream.generate(mix::next).limit(1000).toList();
	}

}
