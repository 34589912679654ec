package io.microplatform.lab.bench;

import io.microplatform.lab.platform.PlatformFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WrkResultTests {

	private static final String OUTPUT = """
			Running 10s test @ http://127.0.0.1:8080/bench/order
			  1 threads and 32 connections
			  Thread Stats   Avg      Stdev     Max   +/- Stdev
			    Latency     2.61ms    1.52ms  40.21ms   99.34%
			    Req/Sec    12.61k     1.04k   14.30k    79.00%
			  Latency Distribution
			     50%    2.35ms
			     75%    2.98ms
			     90%    3.91ms
			     99%    8.55ms
			  125478 requests in 10.00s, 55.17MB read
			Requests/sec:  12545.63
			Transfer/sec:      5.52MB
			""";

	private static final String SOCKET_ERRORS = "  Socket errors: connect 0, read 3, write 0, timeout 12";

	private static final String OTHER_RESPONSES = "  Non-2xx or 3xx responses: 7";

	@Test
	void hasTheRequestsPerSecondAndThe99thPercentile() {
		assertThat(WrkResult.parse(OUTPUT)).isEqualTo(new WrkResult(12545.63, 8.55));
	}

	@ParameterizedTest
	@CsvSource({ "'640.00us', 0.64", "'8.55ms', 8.55", "'1.20s ', 1200" })
	void theUnitOfALatencyDependsOnItsSize(String latency, double millis) {
		assertThat(WrkResult.parse(OUTPUT.replace("8.55ms", latency)).p99Millis()).isEqualTo(millis);
	}

	@ParameterizedTest
	@ValueSource(strings = { SOCKET_ERRORS, OTHER_RESPONSES })
	void aFailedRequestIsAFailureOfTheBenchmark(String line) {
		String output = OUTPUT.replace("Requests/sec:", line + "\nRequests/sec:");
		assertThatExceptionOfType(PlatformFailedException.class).isThrownBy(() -> WrkResult.parse(output))
			.withMessageContaining(line);
	}

	@Test
	void anOutputWithoutAResultIsAFailureOfTheBenchmark() {
		assertThatExceptionOfType(PlatformFailedException.class)
			.isThrownBy(() -> WrkResult.parse("unable to connect to 127.0.0.1:8080 Connection refused\n"))
			.withMessageContaining("Connection refused");
	}

}
