package io.microplatform.acceptance.demo;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CacheHitsTests {

	@Test
	void areThoseOfOrdersWhateverOtherLabelsThereAre() {
		assertThat(CacheHits.count("""
				# HELP cache_gets_total
				# TYPE cache_gets_total counter
				cache_gets_total{application="order-service",cache="orders",result="hit"} 4.0
				cache_gets_total{result="hit",cache="orders",zone="b"} 1.0E1
				cache_gets_total{cache="orders",result="miss"} 100.0
				cache_gets_total{cache="users",result="hit"} 1000.0
				""")).isEqualTo(14);
	}

	@Test
	void areNoneBeforeTheFirst() {
		assertThat(CacheHits.count("")).isZero();
	}

}
