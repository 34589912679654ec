package io.microplatform.gateway.limit;

import java.net.InetAddress;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.convert.ApplicationConversionService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AddressRangeTests {

	@ParameterizedTest
	@CsvSource({ "10.0.0.0/8, 10.255.0.1, true", "10.0.0.0/8, 11.0.0.0, false", "10.9.8.7/8, 10.0.0.1, true",
			"192.0.2.128/25, 192.0.2.128, true", "192.0.2.128/25, 192.0.2.127, false", "192.0.2.7, 192.0.2.7, true",
			"192.0.2.7, 192.0.2.8, false", "0.0.0.0/0, 203.0.113.1, true", "0.0.0.0/0, ::1, false",
			"::/0, 203.0.113.1, false", "2001:db8::/32, 2001:db8:ffff::1, true", "2001:db8::/32, 2001:db9::1, false",
			"2001:db8::/61, 2001:db8:0:7::1, true", "2001:db8::/61, 2001:db8:0:8::1, false", "::1, ::1, true",
			"::ffff:192.0.2.7, 192.0.2.7, true" })
	void containsTheAddressesWithItsPrefix(String range, String address, boolean contains) {
		assertThat(AddressRange.valueOf(range).contains(InetAddress.ofLiteral(address))).isEqualTo(contains);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/8", "localhost", "10.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1",
			"10.0.0.0/x", "10.0.0.0/8/8", "256.0.0.1", "::/129", "1::2::3", "10.0.0.0/ 8" })
	void nothingElseIsARange(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.valueOf(text))
			.withMessageContaining("must be an IP address or a range");
	}

	@ParameterizedTest
	@CsvSource({ "2001:db8:1:2:3:4:5:6, 64, 2001:db8:1:2:0:0:0:0/64", "192.0.2.7, 32, 192.0.2.7/32" })
	void isWrittenInTheNotationOfCidr(String member, int prefixLength, String text) {
		assertThat(AddressRange.of(InetAddress.ofLiteral(member), prefixLength)).hasToString(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.0/8", "::1/128" })
	void isAValueOfAProperty(String text) {
		assertThat(ApplicationConversionService.getSharedInstance().convert(text, AddressRange.class))
			.isEqualTo(AddressRange.valueOf(text));
	}

}
