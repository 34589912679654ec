package io.microplatform.lab.load;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class WeightedWorkloadTests {

	private static final LoadCall FREQUENT = new LoadCall("frequent", () -> Replies.of(200));

	private static final LoadCall RARE = new LoadCall("rare", () -> Replies.of(200));

	@Test
	void selectsPartsInProportionToTheirWeights() {
		assertThat(calls(1)).filteredOn(FREQUENT::equals).hasSizeBetween(700, 800);
		assertThat(calls(1)).containsOnly(FREQUENT, RARE);
	}

	@Test
	void producesTheSameCallsForTheSameSeed() {
		assertThat(calls(1)).isEqualTo(calls(1)).isNotEqualTo(calls(2));
	}

	@Test
	void rejectsAWeightOfZero() {
		WeightedWorkload workload = new WeightedWorkload(new SplittableRandom(1));
		assertThatIllegalArgumentException().isThrownBy(() -> workload.with(0, () -> FREQUENT));
	}

	private static List<LoadCall> calls(long seed) {
		WeightedWorkload workload = new WeightedWorkload(new SplittableRandom(seed)).with(3, () -> FREQUENT)
			.with(1, () -> RARE);
		return Stream.generate(workload::next).limit(1000).toList();
	}

}
