package io.microplatform.user.login;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class CallerAddressTests {

	private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/login");

	@ParameterizedTest
	@CsvSource({ "192.0.2.1, 192.0.2.1", "'192.0.2.1, 198.51.100.1', 192.0.2.1", "::ffff:192.0.2.1, 192.0.2.1",
			"2001:db8:1:2:3:4:5:6, 20010db800010002/64", "2001:db8:1:2::, 20010db800010002/64",
			"2001:db8:1:3::, 20010db800010003/64" })
	void isTheOneThatTheGatewayNames(String forwarded, String subject) {
		this.request.addHeader("X-Forwarded-For", forwarded);
		assertThat(CallerAddress.of(this.request).subject()).isEqualTo(subject);
	}

	@ParameterizedTest
	@CsvSource({ "192.0.2.1, 192.0.2.1", "2001:db8:1:2:3:4:5:6, 20010db800010002/64" })
	void isThePeerOtherwise(String peer, String subject) {
		this.request.setRemoteAddr(peer);
		assertThat(CallerAddress.of(this.request).subject()).isEqualTo(subject);
	}

	@Test
	void isNeverAText() {
		this.request.setRemoteAddr("192.0.2.1");
		this.request.addHeader("X-Forwarded-For", "unknown");
		assertThat(CallerAddress.of(this.request).subject()).isEqualTo("192.0.2.1");
	}

}
