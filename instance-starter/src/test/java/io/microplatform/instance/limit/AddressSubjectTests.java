package io.microplatform.instance.limit;

import java.net.InetAddress;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AddressSubjectTests {

	@ParameterizedTest
	@CsvSource({ "192.0.2.1, 192.0.2.1", "::ffff:192.0.2.1, 192.0.2.1", "2001:db8:1:2:3:4:5:6, 20010db800010002/64" })
	void anIpv6NetworkIsOneSubject(String address, String subject) {
		assertThat(AddressSubject.of(InetAddress.ofLiteral(address))).isEqualTo(subject);
	}

}
