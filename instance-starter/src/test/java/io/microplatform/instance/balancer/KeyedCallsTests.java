package io.microplatform.instance.balancer;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

class KeyedCallsTests {

	@ParameterizedTest
	@CsvSource({ "POST, /orders, true", "POST, /orders/7/cancel, true", "PATCH, /orders, false",
			"POST, /orders/7, false", "POST, /orders/, false", "POST, /orders/7/8/cancel, false", "POST, '', false",
			"POST, /orders/%2F/cancel, true" })
	void theCallsOfAnInstanceAreKnownByMethodAndPath(String method, String path, boolean isKeyed) {
		KeyedCalls calls = KeyedCalls
			.parse(KeyedCalls.metadata(List.of("POST /orders/{id}/cancel", "POST /orders", "PUT /orders/{id}")));
		assertThat(calls.contain(HttpMethod.valueOf(method), path)).isEqualTo(isKeyed);
	}

	@Test
	void anInstanceWithoutSuchCallsHasNone() {
		assertThat(KeyedCalls.parse(KeyedCalls.metadata(List.of())).contain(HttpMethod.POST, "/orders")).isFalse();
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " ", "POST", "/orders", "POST /orders twice", "POST /{", "POST /orders, nonsense" })
	void whatCannotBeReadNamesNoCall(@Nullable String metadata) {
		assertThat(KeyedCalls.parse(metadata).contain(HttpMethod.POST, "/orders")).isFalse();
	}

}
