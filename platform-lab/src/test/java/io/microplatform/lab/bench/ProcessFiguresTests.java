package io.microplatform.lab.bench;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessFiguresTests {

	@Test
	void theMedianOfAnOddNumberOfValuesIsTheMiddleOne() {
		assertThat(ProcessFigures.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
	}

	@Test
	void theMedianOfAnEvenNumberOfValuesIsTheMeanOfTheMiddleTwo() {
		assertThat(ProcessFigures.median(List.of(9.0, 1.0, 2.0, 3.0))).isEqualTo(2.5);
	}

	@Test
	void aMissingProcessCountsAsZero() {
		ProcessFigures figures = new ProcessFigures(Map.of("kafka", 1.5, "redis", 0.5));
		assertThat(figures.of("postgresql")).isZero();
		assertThat(figures.sum()).isEqualTo(2);
	}

}
